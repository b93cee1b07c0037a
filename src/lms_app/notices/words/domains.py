"""The words for host names whose proof is missing."""

from dataclasses import dataclass

from lms_app.notices.words.language import InEach


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainWords:
    """One language."""

    missing_title: str
    missing: str
    lost_title: str
    lost: str


DOMAINS = InEach(
    english=DomainWords(
        missing_title="The proof of {hostname} is missing",
        missing="There is no TXT record {record} with the value {value} any more. Put it back within {days} days: "
        "otherwise your school is no longer reached under {hostname}.",
        lost_title="Your school is no longer reached under {hostname}",
        lost="Its TXT record {record} was missing for {days} days. When {hostname} is still yours, put the record back "
        "and have it looked for in the settings.",
    ),
    spanish=DomainWords(
        missing_title="Falta la prueba de {hostname}",
        missing="Ya no hay ningún registro TXT {record} con el valor {value}. Vuelve a ponerlo en un plazo de {days} "
        "días: si no, ya no se llegará a tu centro por {hostname}.",
        lost_title="Ya no se llega a tu centro por {hostname}",
        lost="Su registro TXT {record} ha faltado durante {days} días. Si {hostname} sigue siendo tuyo, vuelve a poner "
        "el registro y pide en los ajustes que se busque.",
    ),
)
