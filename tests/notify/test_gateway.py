"""Any provider of text messages, by settings alone; and the robots of group chats."""

import json
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidan.notify.channels import ChannelDown, ChannelError, ChatChannel, GatewayChannel, Message, chat
from sidan.notify.channels.web import NotNow
from sidan.notify.gateways import BadGateway, Gateway, read_gateway, refusal_in
from tests.notify.providers import Provider, serving

JSON = '{"Content-Type": "application/json", "Authorization": "Bearer {secret}"}'
BODY = '{"to": "{phone}", "content": "{text}", "ref": "{id}"}'
MESSAGE = Message(reference="018f", address="12012345678", subject="", body='他说："{phone}"\n好。')


def gateway(**changed: str) -> Gateway:
    told = {
        "url": "http://127.0.0.1:9/",
        "method": "POST",
        "headers": JSON,
        "body": BODY,
        "agrees": "",
        "secret": "s",
    }
    found = read_gateway(**{**told, **changed})
    assert found is not None
    return found


def form_gateway() -> Gateway:
    return gateway(headers="{}", body="mobile={phone}&msg={text}&ref={id}")


@given(text=st.text())
def test_whatever_a_text_holds_arrives_as_it_was(text: str) -> None:
    asked = gateway().request(phone="12012345678", text=text, reference="r")
    if not any("\ud800" <= char <= "\udfff" for char in text):
        assert json.loads(asked.body or b"") == {"to": "12012345678", "content": text, "ref": "r"}


@given(text=st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1))
def test_in_a_form_and_in_an_address_too(text: str) -> None:
    asked = form_gateway().request(phone="12012345678", text=text, reference="r")
    assert parse_qs((asked.body or b"").decode(), keep_blank_values=True)["msg"] == [text]
    there = gateway(url="https://sms.example.cn/send?m={phone}&c={text}", body="", method="GET")
    asked = there.request(phone="12012345678", text=text, reference="r")
    assert parse_qs(urlsplit(asked.url).query, keep_blank_values=True)["c"] == [text]
    assert asked.body is None


def test_xml_is_quoted_and_a_header_stays_one_line() -> None:
    there = gateway(
        headers='{"Content-Type": "text/xml", "X-Ref": "{id}"}', body="<m><to>{phone}</to>{text}</m>"
    )
    asked = there.request(phone="1", text="a < b", reference="x\r\nEvil: 1")
    assert asked.body == b"<m><to>1</to>a &lt; b</m>"
    assert asked.headers["X-Ref"] == "x  Evil: 1"


@pytest.mark.parametrize(
    ("changed", "word"),
    [
        ({"url": "ftp://sms.example.cn/"}, "SIDAN_SMS_URL"),
        ({"headers": "Content-Type: text/plain"}, "SIDAN_SMS_HEADERS"),
        ({"headers": '{"a": 1}'}, "SIDAN_SMS_HEADERS"),
        ({"body": "{text}"}, "{phone}"),
        ({"agrees": "code"}, "SIDAN_SMS_OK"),
    ],
)
def test_settings_that_cannot_be_understood_are_named(changed: dict[str, str], word: str) -> None:
    with pytest.raises(BadGateway, match=word.replace("{", r"\{")):
        gateway(**changed)


def test_no_address_is_no_gateway() -> None:
    assert read_gateway(url="", method="POST", headers="", body="", agrees="", secret="") is None


@pytest.mark.parametrize(
    ("answer", "agrees", "refusal"),
    [
        (b'{"code": 0}', "code=0", ""),
        (b'{"data": [{"status": "ok"}]}', "data.0.status=ok", ""),
        (b'{"ok": true}', "ok=true", ""),
        (b"whatever", "", ""),
        (b'{"code": 1107}', "code=0", "refused_1107"),
        (b'{"code": "isv.LIMIT"}', "code=0", "refused_isv.LIMIT"),
        (b'{"code": "12012345678"}', "code=0", "refused"),
        (b'{"code": "\\u53f7\\u7801 12012345678"}', "code=0", "refused"),
        (b"<html>", "code=0", "unreadable_answer"),
        (b"[]", "code=0", "unreadable_answer"),
    ],
)
def test_a_yes_is_read_and_a_no_is_kept_as_a_code(answer: bytes, agrees: str, refusal: str) -> None:
    assert refusal_in(answer, agrees=agrees) == refusal


def test_neither_secret_nor_number_is_printed() -> None:
    there = gateway(url="http://127.0.0.1:9/{phone}", secret="geheim")
    told = repr(there) + repr(there.request(phone="12012345678", text="x", reference="r"))
    assert "geheim" not in told
    assert "12012345678" not in told


@pytest.fixture
def provider() -> Iterator[Provider]:
    with serving(Provider()) as there:
        yield there


def test_a_real_server_is_told_once_with_id_and_secret(provider: Provider) -> None:
    GatewayChannel(gateway(url=f"{provider.url}/send", agrees="code=0")).send(MESSAGE)
    (told,) = provider.told
    assert told["path"] == "/send"
    assert told["headers"]["Authorization"] == "Bearer s"
    assert json.loads(told["body"]) == {"to": MESSAGE.address, "content": MESSAGE.body, "ref": "018f"}


@pytest.mark.parametrize(
    ("status", "said", "error", "words"),
    [
        (503, b"", NotNow, "http_503"),
        (429, b"", NotNow, "http_429"),
        (400, b"", ChannelError, "http_400"),
        (302, b"", ChannelError, "http_302"),
        (200, b'{"code": 7}', ChannelError, "refused_7"),
    ],
)
def test_a_no_for_now_is_told_from_a_no(
    provider: Provider, status: int, said: bytes, error: type[ChannelError], words: str
) -> None:
    provider.answer = lambda _request: (status, said)
    with pytest.raises(ChannelError, match=f"^{words}$") as raised:
        GatewayChannel(gateway(url=provider.url, agrees="code=0")).send(MESSAGE)
    assert type(raised.value) is error
    assert len(provider.told) == 1, "a redirect was followed"


def test_nobody_there_is_told_as_down() -> None:
    with pytest.raises(ChannelDown, match="ConnectionRefusedError"):
        GatewayChannel(gateway()).send(MESSAGE)


def test_a_robot_that_says_no_with_status_200_is_heard(
    provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = replace(chat.ROBOTS["dingtalk"], url=f"{provider.url}/robot/send?access_token={{token}}")
    monkeypatch.setitem(chat.ROBOTS, "dingtalk", here)  # type: ignore[arg-type] # the table is a dict underneath
    message = replace(MESSAGE, address="dingtalk://SECabc@TokenX")
    provider.answer = lambda _request: (200, b'{"errcode": 0}')
    ChatChannel().send(message)
    asked = parse_qs(urlsplit(provider.told[0]["path"]).query)
    assert asked["access_token"] == ["TokenX"]
    assert {"timestamp", "sign"} <= asked.keys()
    assert json.loads(provider.told[0]["body"]) == {"msgtype": "text", "text": {"content": MESSAGE.body}}
    provider.answer = lambda _request: (200, b'{"errcode": 310000}')
    with pytest.raises(ChannelError, match="refused_310000"):
        ChatChannel().send(message)


def test_a_robot_that_is_busy_says_nothing_of_the_others_and_a_dead_service_does(
    provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = replace(chat.ROBOTS["feishu"], url=f"{provider.url}/{{token}}")
    monkeypatch.setitem(chat.ROBOTS, "feishu", here)  # type: ignore[arg-type] # the table is a dict underneath
    message = replace(MESSAGE, address="feishu://TokenX")
    provider.answer = lambda _request: (429, b"")
    with pytest.raises(ChannelDown, match="http_429") as busy:
        ChatChannel().send(message)
    assert busy.value.place == "feishu://TokenX"
    monkeypatch.setitem(chat.ROBOTS, "feishu", replace(here, url="http://127.0.0.1:9/{token}"))  # type: ignore[arg-type] # as above
    with pytest.raises(ChannelDown, match="ConnectionRefusedError") as dead:
        ChatChannel().send(message)
    assert dead.value.place == "feishu:"


@pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")
def test_other_services_go_through_apprise(provider: Provider) -> None:
    message = replace(MESSAGE, address=f"json://127.0.0.1:{provider.port}/hook")
    ChatChannel().send(message)
    assert json.loads(provider.told[0]["body"])["message"] == MESSAGE.body
    provider.answer = lambda _request: (500, b"")
    with pytest.raises(ChannelDown) as dead:
        ChatChannel().send(message)
    assert dead.value.place == message.address


@pytest.mark.parametrize(
    ("address", "works"),
    [
        ("dingtalk://abc", True),
        ("feishu://abc", True),
        ("wecombot://abc", False),
        ("dingtalk://", False),
        ("json://127.0.0.1/", False),
        ("http://169.254.169.254/", False),
        ("", False),
    ],
)
def test_only_services_that_the_installation_allows_are_used(address: str, works: bool) -> None:
    assert chat.chat_address_works(address, schemes=frozenset({"dingtalk", "feishu"})) is works
