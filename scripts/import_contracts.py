"""A contract type for import-linter: a list of the third-party packages that some modules MAY import.

The built-in `forbidden` type needs the opposite list, and would let every new dependency in until someone remembers
to forbid it.
"""

import sys
from collections.abc import Iterable
from typing import cast

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


def is_third_party(module: str, own_packages: Iterable[str]) -> bool:
    """Whether a module is neither in the standard library nor in one of our own packages."""
    package = module.partition(".")[0]
    return package not in sys.stdlib_module_names and package not in own_packages


class AllowedThirdParty(Contract):
    """`source_modules` (with everything below them) import no third-party package but those in `allowed`."""

    type_name = "allowed_third_party"

    source_modules = fields.ListField(subfield=fields.StringField())
    allowed = fields.ListField(subfield=fields.StringField(), required=False, default=[])

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: ARG002 - import-linter's signature
        own_packages = set(cast("list[str]", self.session_options["root_packages"]))
        allowed = cast("list[str]", self.allowed)
        found: list[str] = []
        for source in cast("list[str]", self.source_modules):
            for importer in sorted({source, *graph.find_descendants(source)}):
                for imported in sorted(graph.find_modules_directly_imported_by(importer)):
                    if is_third_party(imported, own_packages) and imported.partition(".")[0] not in allowed:
                        lines = graph.get_import_details(importer=importer, imported=imported)
                        numbers = ", ".join(str(line["line_number"]) for line in lines)
                        found.append(f"{importer} -> {imported} (l.{numbers})")
        return ContractCheck(kept=not found, metadata={"found": found})

    def render_broken_contract(self, check: ContractCheck) -> None:
        allowed = cast("list[str]", self.allowed)
        output.print_error(f"Only these third-party packages may be imported: {', '.join(allowed) or 'none'}")
        output.new_line()
        for line in cast("list[str]", check.metadata["found"]):
            output.indent_cursor()
            output.print_error(line)
