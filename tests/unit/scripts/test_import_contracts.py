"""The import contract of our own, on small graphs."""

import pytest
from grimp import ImportGraph

from scripts.import_contracts import AllowedThirdParty


def check(imports: list[tuple[str, str]], allowed: list[str]) -> list[str]:
    """Imports that the contract finds in `domain`."""
    graph = ImportGraph()
    for module in {name for pair in imports for name in pair} | {"domain", "domain.courses"}:
        graph.add_module(module)
    for importer, imported in imports:
        graph.add_import(importer=importer, imported=imported, line_number=3, line_contents="")
    contract = AllowedThirdParty(
        name="test",
        session_options={"root_packages": ["domain", "app"]},
        contract_options={"source_modules": ["domain"], "allowed": allowed},
    )
    result = contract.check(graph, verbose=False)
    found = result.metadata["found"]
    assert result.kept is (not found)
    return list(found)


@pytest.mark.parametrize("imported", ["uuid", "collections", "domain.courses", "app"])
def test_the_standard_library_and_our_own_packages_may_be_imported(imported: str) -> None:
    assert check([("domain", imported)], []) == []


def test_any_other_package_must_be_on_the_list() -> None:
    imports = [("domain.courses", "msgspec"), ("domain.courses", "sqlalchemy"), ("app", "litestar")]
    assert check(imports, ["msgspec"]) == ["domain.courses -> sqlalchemy (l.3)"]
