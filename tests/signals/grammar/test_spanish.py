"""The Spanish articles among KCNA's English ones: who meets, visits and writes to whom."""

from __future__ import annotations

import pytest

from tests.detecting import contacts, detect, of_kind, sent

RPDC = "de la República Popular Democrática de Corea"


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        (f"El presidente del Presidium {RPDC}, Kim Yong Nam, departió el día 2 con la delegación de la Unión de Perú.",
         {("talks", "PE"), ("delegation_in", "PE")}),
        (("Kang Exam Ple, viceprimer ministro, se reunio el dia 2 con Ana Ejemplo, ministra de Cuba, y su comitiva, "
          "que le hizo una visita de cortesia."), {("talks", "CU"), ("courtesy_call", "CU")}),
        (("Pak Exam Ple, secretario del Partido, departió con el embajador cubano en Corea, quien le hizo visita de "
          "despedida."), {("courtesy_call", "CU")}),
        (f"Ana Ejemplo, presidenta de un partido de Perú, se reunió con el embajador coreano en Perú {RPDC}.",
         {("talks", "PE")}),
        (f"Tuvieron lugar en esta capital las conversaciones entre la delegación del Ejército {RPDC} y la de Laos.",
         {("talks", "LA"), ("delegation_in", "LA")}),
        (f"El canciller Kim Exam Ple, jefe de la delegación {RPDC} de visita en Mongolia, conversó con su homólogo.",
         {("talks", "MN"), ("delegation_out", "MN")}),
        ("Ana Ejemplo, presidenta de Perú, recibió el día 2 al embajador coreano en su país.", {("talks", "PE")}),
        ("Tuvieron lugar las conversaciones entre el vicecanciller coreano y el viceministro de China.",
         {("talks", "CN")}),
        (("Kim Exam Ple, presidente de la Asociación de Amistad Corea-Perú, departió con la delegación de Cuba en esta "
          "capital de Corea."), {("talks", "CU"), ("delegation_in", "CU")}),
        ("El director de la escuela coreana se reunió con Ana Ejemplo de Perú.", set()),
        ("Ana Ejemplo, enviada de Perú, se reunió con un reportero de Corea.", set()),
        ("Arribó el día 2 a esta capital la delegación de una universidad de Alemania.", {("delegation_in", "DE")}),
        (f"La delegación de la Agencia {RPDC} partió de esta capital para visitar Rusia.", {("delegation_out", "RU")}),
        ("Partió la delegación de las Ediciones presidida por Ri Exam Ple para realizar una visita a Cuba desde Corea.",
         {("delegation_out", "CU")}),
        ("Ana Ejemplo de Perú, quien realiza una visita a la RPDC al frente de la delegación, habló.",
         {("delegation_in", "PE")}),
        ("La delegación del enviado que visitó al Sur de Corea habló de la RPDC.", set()),
        ("Kim Jong Il recibió presente que le dedicara Ana Ejemplo, jefa de una firma de Perú, de visita en Corea.",
         {("visit", "PE")}),
        (f"El Dirigente Kim Jong Il {RPDC} realizó una visita oficial a la Federación de Rusia.", {("visit", "RU")}),
        (f"El embajador mongol en Corea ofreció un banquete a los cuadros {RPDC} en su sede.", {("reception", "MN")}),
        (f"Quedó firmado el convenio sobre la pesca entre los gobiernos {RPDC} y de Filipinas.", {("agreement", "PH")}),
        ("Corea se refirió al convenio que había con Filipinas y al artículo de la pesca.", set()),
        (f"Tuvo lugar el encuentro de amistad con los miembros de la embajada de Cuba {RPDC}.",
         {("joint_event", "CU")}),
        ("Tuvo lugar la función del conjunto artístico de Perú en la capitalina sala de Corea por la amistad.", set()),
    ],
)  # fmt: skip
def test_contacts(sentence: str, found: set[tuple[str, str]]) -> None:
    assert contacts(("Noticias del día", sentence)) == found


def test_a_group_that_performs_abroad_went_there() -> None:
    lead = f"El grupo de demostración de Ajedrez {RPDC} realizó el día 2 la actuación modelo ganando ovaciones."
    assert contacts(("Representación en Perú de grupo coreano", lead)) == {("delegation_out", "PE")}
    assert contacts(("Representación de grupo coreano", lead, "Se habló del Perú.")) == set()


def test_a_leaders_visit_counts_where_the_headline_speaks_of_a_visit_or_its_state() -> None:
    lead = "El Dirigente Kim Jong Il dirigió la obra del Palacio tras su visita a China."
    assert contacts(("Kim Jong Il dirige la obra del Palacio", lead)) == set()
    assert contacts(("Kim Jong Il regresa de China", lead)) == {("visit", "CN")}


def test_a_banquet_told_of_later_and_the_next_piece_of_news_are_read() -> None:
    lead = f"El Dirigente Kim Jong Il {RPDC} presenció el concierto de la Orquesta junto con los camaradas chinos."
    later = "Por la noche del mismo día ofreció un banquete en honor de los miembros de la embajada."
    assert contacts(("Concierto", lead, later)) == {("joint_event", "CN"), ("reception", "CN")}
    first = "Partió de esta capital la delegación de Cuba."
    then = "Por otra parte, el mismo día arribó la delegación de Perú a esta capital de Corea."
    assert contacts(("Visitas", first, then)) == {("delegation_in", "CU"), ("delegation_in", "PE")}


@pytest.mark.parametrize(
    ("sentence", "kind", "direction", "partner"),
    [
        ("{} envió un mensaje de felicitación al presidente de la República de Perú.", "congratulation", "out", "PE"),
        ("{} envio un mensaje al presidente de Siria para felicitarle.", "congratulation", "out", "SY"),
        ("En relación con que Perú sufrió un terremoto, {} envió un mensaje de condolencias al presidente de Perú.",
         "sympathy", "out", "PE"),
        ("{} envió un telegrama de pésame a la viuda del presidente de Cuba.", "condolence", "out", "CU"),
        ("{} envió un mensaje de agradecimiento a Hu Jintao.", "thanks", "out", "CN"),
        ("{} recibió un mensaje que le enviara el presidente de la Federación Rusa.", "letter", "in", "RU"),
        ("{} recibió el cesto de flores que le dirigiera el jefe de Estado de Palestina.", "floral_basket", "in", "PS"),
        ("{} recibió presente de una firma de Alemania.", "gift", "in", "DE"),
    ],
)  # fmt: skip
def test_messages(sentence: str, kind: str, direction: str, partner: str) -> None:
    (found,) = sent(("Noticias del día", sentence.format("El Dirigente Kim Jong Il")))
    assert found[:3] == (kind, direction, partner)
    assert "Kim Jong Il" in found[3:]


def test_a_king_sends_a_basket_and_an_embassy_lays_a_wreath() -> None:
    (basket,) = sent(("Cestos", "El rey de Camboya envió un gran cesto de flores a la embajada de Corea en su país."))
    assert basket[:3] == ("floral_basket", "in", "KH")
    laid = (
        "Los miembros de la Embajada de la Federación Rusa en Corea depositaron una ofrenda floral ante el Monumento."
    )
    assert sent(("Ofrenda", laid))[0][:3] == ("wreath", "in", "RU")


def test_the_headline_may_say_the_kind_more_exactly() -> None:
    lead = "El Dirigente Kim Jong Il envió un mensaje al presidente de Siria con motivo de la fiesta."
    assert sent(("Kim Jong Il envía mensaje de felicitación al presidente de Siria", lead))[0][0] == "congratulation"


@pytest.mark.parametrize(
    ("words", "occasion"),
    [("con motivo del décimo aniversario de la república", "décimo aniversario de la república"),
     ("por su elección como presidente", "su elección como presidente"),
     ("por el canal diplomático", "")],
)  # fmt: skip
def test_the_occasion_of_a_message(words: str, occasion: str) -> None:
    lead = f"El Dirigente Kim Jong Il envió un mensaje de felicitación al presidente de Siria {words}."
    (row,) = of_kind("message", ("Noticias del día", lead))
    assert row["detail"]["occasion"] == occasion


@pytest.mark.parametrize(
    "sentence",
    [
        "Estuvieron presentes en la función los cuadros del Partido y recibieron el diploma de China.",
        "El nuevo embajador entregó las cartas credenciales al presidente de Perú.",
        "El Dirigente Kim Jong Il recibió la carta de los coreanos residentes en Japón.",
        "El Dirigente Kim Jong Il recibió la carta de un seminario que tuvo lugar en México.",
        "El Dirigente Kim Jong Il envió una ofrenda floral ante el féretro del rector.",
    ],
)
def test_what_is_no_message_is_none(sentence: str) -> None:
    assert sent(("Noticias del día", sentence, "Japón y México son nombres de este texto.")) == []


def test_states_have_their_spanish_names() -> None:
    text = "El Sur de Corea, Alemania, Filipinas y los Estados Unidos Mexicanos hablaron del acuerdo con los suecos."
    named = {row["partner"] for row in detect(text) if row["kind"] == "attention"}
    assert named == {"KR", "DE", "PH", "MX"}
