"""What whoever looks after an installation sees of it; never what people write.

- ``logs``: the log, one line a message
- ``json_lines``: the same as JSON, for programs that gather logs
- ``figures``: what is counted, for Prometheus
- ``metrics_port``: where it reads that
- ``asked``: what is known of the request, or the page, in which something happens
"""
