"""Projects over the API: begun, changed, filled, asked in, deleted and taken back; to nobody else."""

from contextlib import closing

from assistant.web.belongings.kinds import kept
from tests.chat.documents.test_documents_v1 import REPORT, ask, send
from tests.chat.test_chat_v1 import V1
from tests.ollama_server import OllamaServer
from tests.product import Product
from tests.programs import House

ANY = {"If-Match": "*"}


def test_a_project_is_begun_changed_deleted_and_taken_back(house: House) -> None:
    anna, eve = house.program("anna"), house.program("eve")
    made = anna.post("/projects", json={"name": " House ", "tags": ["#home", "HOME"]})
    assert (made.status_code, made.json()["name"], made.json()["tags"]) == (201, "House", ["home"])
    where = f"/projects/{made.json()['id']}"
    etag = {"If-Match": anna.get(where).headers["etag"]}
    changed = anna.patch(where, json={"system": "Be brief.", "opened": False}, headers=etag).json()
    assert (changed["name"], changed["system"], changed["opened"]) == ("House", "Be brief.", False)
    assert anna.patch(where, json={"name": "Flat"}, headers=etag).status_code == 412
    refused = anna.patch(where, json={"name": " "}, headers=ANY)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "name")
    assert [one["name"] for one in anna.get("/projects?q=hou").json()["items"]] == ["House"]
    assert anna.get("/projects?q=flat").json()["items"] == eve.get("/projects").json()["items"] == []
    for answer in (
        eve.get(where), eve.patch(where, json={"name": "mine"}, headers=ANY), eve.delete(where),
        eve.post(f"{where}/restore"), eve.get(f"{where}/documents"),
        eve.post(f"{where}/documents", json={"documents": [1]}),
    ):  # fmt: skip
        assert answer.status_code == 404, answer.request.url
    with house.program("bert", "read") as reader:
        assert reader.post("/projects", json={"name": "x"}).status_code == 403
    assert anna.delete(where).status_code == 204
    assert anna.get(where).status_code == 404
    assert anna.post(f"{where}/restore").json()["name"] == "House"


def test_its_documents_come_go_and_come_back(house: House) -> None:
    anna, eve = house.program("anna"), house.program("eve")
    project = anna.post("/projects", json={"name": "House"}).json()["id"]
    hers = eve.post("/projects", json={"name": "Hers"}).json()["id"]
    roof = send(anna, REPORT, "roof.pdf")["id"]
    shelf = f"/projects/{project}/documents"
    assert eve.post(f"/projects/{hers}/documents", json={"documents": [roof]}).status_code == 404
    assert anna.post(shelf, json={"documents": [roof]}).status_code == 204
    assert anna.post(shelf, json={"documents": [roof]}).status_code == 204
    assert anna.delete(f"/documents/{roof}").status_code == 409
    (shown,) = anna.get(shelf).json()["items"]
    assert (shown["id"], shown["project"], shown["conversation"]) == (roof, project, None)
    assert eve.delete(f"{shelf}/{roof}").status_code == eve.post(f"{shelf}/{roof}/restore").status_code == 404
    assert anna.delete(f"{shelf}/{roof}").status_code == 204
    assert anna.get(shelf).json()["items"] == []
    assert anna.post(f"{shelf}/{roof}/restore").status_code == 204
    assert len(anna.get(shelf).json()["items"]) == 1
    size = len(REPORT) + len("The roof is 12 years old.Repairs cost 900 euros.")
    assert house.run(kept, house.person("anna"))["projects"] == size


def test_conversations_are_in_it(product: Product, ollama: OllamaServer) -> None:
    with closing(product.person("anna")) as anna:
        project = anna.post(f"{V1}/projects", json={"name": "House", "system": "Speak of the house."}).json()["id"]
        roof = send(anna, REPORT, "roof.pdf", V1)["id"]
        anna.post(f"{V1}/projects/{project}/documents", json={"documents": [roof]})
        said = ask(anna, "text=It is 12 years old [1].", model="thinker:4b", project=project)
        home = said["conversation"]
        system, question = ollama.chats()[0]["messages"]
        assert system["content"].startswith("Speak of the house.")
        assert "[1] roof.pdf › p. 1\nThe roof is 12 years old." in question["content"]
        sources = anna.get(f"{V1}/replies/{said['id']}/sources").json()["items"]
        assert [(one["of"], one["place"], one["foreign"]) for one in sources] == [
            (roof, "p. 1", "roof.pdf"), (roof, "p. 2", "roof.pdf"),
        ]  # fmt: skip
        outside = ask(anna, "text=Hm.", model="thinker:4b")["conversation"]

        def inside(which: int) -> list[int]:
            return [one["id"] for one in anna.get(f"{V1}/conversations", params={"project": which}).json()["items"]]

        assert (inside(project), inside(0)) == ([home], [outside])
        moved = anna.patch(f"{V1}/conversations/{outside}", json={"project": project}, headers=ANY)
        assert moved.json()["project"] == project
        assert sorted(inside(project)) == [home, outside]
        assert anna.delete(f"{V1}/projects/{project}").status_code == 204
        assert sorted(inside(0)) == [home, outside]
        assert anna.get(f"{V1}/conversations/{home}").json()["project"] is None
        anna.post(f"{V1}/projects/{project}/restore")
        anna.patch(f"{V1}/conversations/{outside}", json={"project": None}, headers=ANY)
        assert (inside(project), inside(0)) == ([home], [outside])
        refused = anna.patch(f"{V1}/conversations/{home}", json={"project": project + 1}, headers=ANY)
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (404, "project")
