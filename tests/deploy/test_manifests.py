"""What is deployed fits its schemas, and fits the product: names, addresses, ports, files, probes."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

from assistant.config import Config, key_of, load
from tests.product import ROOT, Product

DEPLOY = ROOT / "deploy"
COMPOSE, KUBERNETES = DEPLOY / "compose.grown.yaml", DEPLOY / "kubernetes.yaml"
VARIABLE = re.compile(r"(?<!\$)\$\{(\w+)(?:(:[-?])([^}]*))?\}")
INSTANCES = ("assistant-1", "assistant-2", "assistant-3")


@pytest.fixture(scope="module")
def compose() -> Any:
    return yaml.safe_load(COMPOSE.read_text())


@pytest.fixture(scope="module")
def cluster() -> dict[tuple[str, str], Any]:
    documents = [one for one in yaml.safe_load_all(KUBERNETES.read_text()) if one]
    return {(one["kind"], one["metadata"]["name"]): one for one in documents}


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in Config.model_fields:
        monkeypatch.delenv(key_of(name), raising=False)


def said(environment: dict[str, Any], given: dict[str, str]) -> dict[str, str]:
    """The environment with what stands in ``${…}`` filled in."""

    def filled(match: re.Match[str]) -> str:
        return given.get(match[1]) or (match[3] if match[2] == ":-" else "")

    return {name: VARIABLE.sub(filled, str(value)) for name, value in environment.items()}


def configured(monkeypatch: pytest.MonkeyPatch, environment: dict[str, str]) -> Config:
    known = {key_of(name) for name in Config.model_fields}
    assert environment.keys() - known == set()
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return load()


def test_compose_files_fit_their_schema(tmp_path: Path) -> None:
    check = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec"]
    for path in (COMPOSE, ROOT / "compose.yaml"):
        done = subprocess.run([*check, str(path)], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout
    wrong = tmp_path / "compose.yaml"
    wrong.write_text(COMPOSE.read_text().replace("restart: unless-stopped", "restarts: always"))
    assert subprocess.run([*check, str(wrong)], capture_output=True, check=False).returncode == 1


def test_manifests_fit_their_schemas(cluster: dict[tuple[str, str], Any]) -> None:
    for document in cluster.values():
        kubernetes_validate.validate(document, "1.37", strict=True)
    kinds = {kind for kind, _ in cluster}
    assert kinds >= {"Deployment", "StatefulSet", "HorizontalPodAutoscaler", "PodDisruptionBudget", "Secret", "Service",
                     "Ingress"}  # fmt: skip
    wrong = cluster["Deployment", "assistant"] | {"spec": {"replica": 3}}
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(wrong, "1.37", strict=True)


def test_instances_of_the_compose_file_are_configured_as_the_product_reads_it(
    compose: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = {"POSTGRES_PASSWORD": "p", "REDIS_PASSWORD": "r"}
    services = compose["services"]
    for name in INSTANCES:
        config = configured(monkeypatch, said(services[name]["environment"], given))
        assert config.database == "postgresql://assistant:p@postgres/assistant"
        assert config.redis_url == "redis://:r@redis:6379/0"
        nginx = services["nginx"]["networks"]["house"]["ipv4_address"]
        assert [str(network) for network in config.trusted_proxies] == [f"{nginx}/32"]
        assert services[name]["volumes"] == ["data:/data"]
    assert {"postgres", "redis", "ollama"} <= services.keys()


def test_what_is_to_be_filled_in_stands_in_the_example() -> None:
    example = (DEPLOY / "grown.env.example").read_text()
    wanted = {name for name, how, _ in VARIABLE.findall(COMPOSE.read_text()) if how == ":?"}
    assert wanted == {"POSTGRES_PASSWORD", "REDIS_PASSWORD"}
    names = set(re.findall(r"^#?([A-Z_]+)=", example, re.MULTILINE))
    used = {name for name, _, _ in VARIABLE.findall(COMPOSE.read_text())}
    assert wanted <= names <= used


def test_addresses_and_ports_are_the_same_everywhere(compose: Any) -> None:
    services = compose["services"]
    own = [services[name]["networks"]["house"]["ipv4_address"] for name in INSTANCES]
    config = Config()
    nginx = (DEPLOY / "nginx" / "instances.conf").read_text()
    assert re.findall(r"server (\S+)", nginx) == [f"{address}:{config.port}" for address in own]
    watched = yaml.safe_load((DEPLOY / "watch" / "prometheus.yaml").read_text())
    metrics = {services[name]["environment"]["ASSISTANT_METRICS_PORT"] for name in INSTANCES}
    targets = watched["scrape_configs"][0]["static_configs"][0]["targets"]
    assert targets == [f"{address}:{port}" for port in metrics for address in own]
    listened = {re.search(r":(\d+)$", port)[1] for port in services["nginx"]["ports"]}  # type: ignore[index]
    fronts = (DEPLOY / "nginx" / "tls.conf").read_text()
    assert set(re.findall(r"listen (\d+)", fronts)) == listened


def test_files_that_are_mounted_are_there_and_nginx_finds_all_it_includes(compose: Any) -> None:
    mounted: set[str] = set()
    for service in compose["services"].values():
        for volume in service.get("volumes", ()):
            source = said({"": volume.rpartition(":")[0] if volume.endswith(":ro") else volume}, {})[""].split(":")[0]
            if source.startswith("./") and "certificates" not in source:
                assert (DEPLOY / source).exists(), source
                mounted.add(Path(volume.split(":")[-2]).name)
    included = {
        name for path in (DEPLOY / "nginx").glob("*.conf") for name in re.findall(r"include (\S+);", path.read_text())
    }
    assert included <= mounted


def test_pods_are_configured_as_the_product_reads_it(
    cluster: dict[tuple[str, str], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    (container,) = cluster["Deployment", "assistant"]["spec"]["template"]["spec"]["containers"]
    secret = cluster["Secret", "assistant"]["stringData"]
    from_secret = {one["name"]: secret[one["valueFrom"]["secretKeyRef"]["key"]] for one in container["env"]}
    config = configured(monkeypatch, cluster["ConfigMap", "assistant"]["data"] | from_secret)
    ports = {port["name"]: port["containerPort"] for port in container["ports"]}
    assert ports == {"http": config.port, "metrics": config.metrics_port}
    services = {name for kind, name in cluster if kind == "Service"}
    hosts = [*re.findall(r"@([a-z]+)", " ".join(from_secret.values())), *re.findall(r"//([a-z]+):", config.ollama_host)]
    assert set(hosts) == {"postgres", "redis", "ollama"}
    assert set(hosts) <= services


def test_what_points_at_something_finds_it(cluster: dict[tuple[str, str], Any]) -> None:
    pods = {key: one["spec"]["template"] for key, one in cluster.items() if "template" in one.get("spec", {})}
    labels = {key: pod["metadata"]["labels"] for key, pod in pods.items()}
    for (kind, name), one in cluster.items():
        selector = one.get("spec", {}).get("selector") or one.get("spec", {}).get("podSelector")
        if selector:
            wanted = selector.get("matchLabels", selector)
            assert any(wanted.items() <= found.items() for found in labels.values()), (kind, name)
    scaled = cluster["HorizontalPodAutoscaler", "assistant"]["spec"]
    assert (scaled["scaleTargetRef"]["kind"], scaled["scaleTargetRef"]["name"]) in cluster
    # The server of the database has a hundred connections.
    assert 6 * (scaled["maxReplicas"] + 1) <= 97
    budget = cluster["PodDisruptionBudget", "assistant"]["spec"]["minAvailable"]
    assert budget < scaled["minReplicas"] == cluster["Deployment", "assistant"]["spec"]["replicas"]
    for pod in pods.values():
        for volume in pod["spec"].get("volumes", ()):
            if claim := volume.get("persistentVolumeClaim"):
                assert ("PersistentVolumeClaim", claim["claimName"]) in cluster


def probes(cluster: dict[tuple[str, str], Any], compose: Any) -> Iterator[str]:
    (container,) = cluster["Deployment", "assistant"]["spec"]["template"]["spec"]["containers"]
    for name in ("startupProbe", "livenessProbe", "readinessProbe"):
        yield container[name]["httpGet"]["path"]
    for name in INSTANCES:
        yield re.search(r":8080(/\w+)", compose["services"][name]["healthcheck"]["test"][-1])[1]  # type: ignore[index]


def test_probes_are_answered(cluster: dict[tuple[str, str], Any], compose: Any, product: Product) -> None:
    found = set(probes(cluster, compose))
    assert found == {"/healthz", "/readyz"}
    with product.client() as client:
        # As a kubelet asks: by the address of the pod.
        assert [client.get(path, headers={"host": "10.42.0.7:8080"}).status_code for path in sorted(found)] == [
            200,
            200,
        ]


def test_the_image_brings_what_instances_need() -> None:
    assert "'.[grown]'" in (ROOT / "Dockerfile").read_text()
