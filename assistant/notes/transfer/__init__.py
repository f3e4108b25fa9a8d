"""Notes in and out.

- ``import_jobs``: each person's import under way
- ``uploads``: what was handed in, as one zip on the disk
- ``import_job``: one of them, and what survives the process
- ``importer``: what an import would do, and doing it
- ``scanner``: reads all files of an archive, storing nothing
- ``archive_reader``: a zip or dropped files, opened with care
- ``markdown_files``: reads Markdown and text files
- ``pictures``: those that a text shows
- ``containers``: archives in the archive
- ``led_to``: those that are files of notes
- ``html``: pages as Markdown
- ``formats``: what other apps export
- ``imported_note``: a note as a file holds it
- ``exporter``: writes notes as Markdown files
"""
