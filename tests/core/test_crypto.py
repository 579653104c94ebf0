"""Encryption of values, against published vectors and against meddling."""

import base64

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from hypothesis import given
from hypothesis import strategies as st

from sidan.core.crypto import (
    BrokenCiphertext,
    FieldKeys,
    KeyFormatError,
    LookupKeys,
    Sm4Gcm,
    UnknownKeyVersion,
    new_key_text,
    parse_keys,
)

CIPHERS = ["aes-gcm", "sm4-gcm"]
KEYS = {1: bytes(range(32)), 2: bytes(range(32, 64))}


def both(cipher: str, *versions: int) -> FieldKeys:
    return FieldKeys(keys={version: KEYS[version] for version in versions}, cipher=cipher)


def test_sm4_gcm_gives_the_vector_of_rfc_8998() -> None:
    key = bytes.fromhex("0123456789ABCDEFFEDCBA9876543210")
    nonce = bytes.fromhex("00001234567800000000ABCD")
    data = bytes.fromhex(
        "AAAAAAAAAAAAAAAABBBBBBBBBBBBBBBBCCCCCCCCCCCCCCCCDDDDDDDDDDDDDDDD"
        "EEEEEEEEEEEEEEEEFFFFFFFFFFFFFFFFEEEEEEEEEEEEEEEEAAAAAAAAAAAAAAAA"
    )
    added = bytes.fromhex("FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2")
    expected = bytes.fromhex(
        "17F399F08C67D5EE19D0DC9969C4BB7D5FD46FD3756489069157B282BB200735"
        "D82710CA5C22F0CCFA7CBF93D496AC15A56834CBCF98C397B4024A2691233B8D"
        "83DE3541E4C2B58177E065A9BF7B62EC"
    )
    assert Sm4Gcm(key).encrypt(nonce, data, added) == expected
    assert Sm4Gcm(key).decrypt(nonce, expected, added) == data


def test_the_library_gives_the_published_sm3_and_sm4() -> None:
    digest = hashes.Hash(hashes.SM3())
    digest.update(b"abc")
    assert digest.finalize().hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    block = bytes.fromhex("0123456789abcdeffedcba9876543210")
    encryptor = Cipher(SM4(block), modes.ECB()).encryptor()
    assert (encryptor.update(block) + encryptor.finalize()).hex() == "681edf34d206965e86b3e94f536e4246"


def test_aes_gcm_gives_the_vector_of_its_specification() -> None:
    # McGrew and Viega, test case 14: 256-bit key of zeros, one block of zeros.
    sealed = AESGCM(bytes(32)).encrypt(bytes(12), bytes(16), None)
    assert sealed.hex() == "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919"


@pytest.mark.parametrize("cipher", CIPHERS)
@given(text=st.text(max_size=200), purpose=st.text(min_size=1, max_size=40))
def test_what_was_encrypted_is_read_again(cipher: str, text: str, purpose: str) -> None:
    keys = both(cipher, 1)
    assert keys.decrypt(token=keys.encrypt(value=text, purpose=purpose), purpose=purpose) == text


@pytest.mark.parametrize("cipher", CIPHERS)
@given(place=st.integers(min_value=0), bit=st.integers(min_value=0, max_value=7))
def test_a_changed_bit_anywhere_is_noticed(cipher: str, place: int, bit: int) -> None:
    keys = both(cipher, 1)
    token = bytearray(keys.encrypt(value="12012345678", purpose="people.account.phone"))
    token[place % len(token)] ^= 1 << bit
    with pytest.raises((BrokenCiphertext, UnknownKeyVersion)):
        keys.decrypt(token=bytes(token), purpose="people.account.phone")


@pytest.mark.parametrize("cipher", CIPHERS)
def test_a_value_cannot_be_carried_to_another_column(cipher: str) -> None:
    keys = both(cipher, 1)
    token = keys.encrypt(value="secret", purpose="a.one")
    with pytest.raises(BrokenCiphertext, match="belongs elsewhere"):
        keys.decrypt(token=token, purpose="a.two")


@pytest.mark.parametrize("cipher", CIPHERS)
@pytest.mark.parametrize("length", [0, 1, 2, 13, 29])
def test_a_cut_value_is_noticed(cipher: str, length: int) -> None:
    keys = both(cipher, 1)
    with pytest.raises(BrokenCiphertext):
        keys.decrypt(token=keys.encrypt(value="secret", purpose="a")[:length], purpose="a")


def test_the_same_text_never_looks_the_same() -> None:
    keys = both("aes-gcm", 1)
    assert keys.encrypt(value="a", purpose="p") != keys.encrypt(value="a", purpose="p")


def test_old_versions_and_the_other_cipher_are_still_read() -> None:
    old = both("aes-gcm", 1).encrypt(value="早", purpose="p")
    newer = both("sm4-gcm", 1, 2)
    assert newer.decrypt(token=old, purpose="p") == "早"
    assert newer.encrypt(value="晚", purpose="p")[:2] == newer.active_head == bytes((2, 2))


def test_a_missing_key_says_which() -> None:
    token = both("aes-gcm", 2).encrypt(value="x", purpose="p")
    with pytest.raises(UnknownKeyVersion, match="version 2, which SIDAN_FIELD_KEYS does not hold"):
        both("aes-gcm", 1).decrypt(token=token, purpose="p")


@pytest.mark.parametrize("cipher", CIPHERS)
def test_hashes_find_equal_values_and_part_columns_and_keys(cipher: str) -> None:
    keys = LookupKeys(keys={1: KEYS[1]}, cipher=cipher)
    hashed = keys.hash(value="12012345678", purpose="phone")
    assert keys.candidates(value="12012345678", purpose="phone") == [hashed]
    assert len(hashed) == 34
    assert hashed != keys.hash(value="12012345678", purpose="other")
    assert keys.hash(value="bc", purpose="a") != keys.hash(value="c", purpose="ab")
    assert (
        hashed[2:]
        != LookupKeys(keys={1: KEYS[2]}, cipher=cipher).hash(value="12012345678", purpose="phone")[2:]
    )


def test_during_a_rotation_old_hashes_are_found_too() -> None:
    old = LookupKeys(keys={1: KEYS[1]}, cipher="aes-gcm").hash(value="v", purpose="p")
    rotating = LookupKeys(keys=KEYS, cipher="sm4-gcm")
    assert old in rotating.candidates(value="v", purpose="p")
    assert rotating.candidates(value="v", purpose="p")[1] == rotating.hash(value="v", purpose="p")


@pytest.mark.parametrize(
    "text",
    ["", "1", "1:", "1:abc", "x:" + base64.b64encode(bytes(32)).decode(), "0:" + base64.b64encode(bytes(32)).decode(),
     "1:" + base64.b64encode(bytes(16)).decode(), new_key_text() + "," + new_key_text()],
    ids=["none", "version", "empty", "not base64", "no number", "zero", "short", "twice"],
)  # fmt: skip
def test_unreadable_key_settings_are_named(text: str) -> None:
    with pytest.raises(KeyFormatError, match="SIDAN_FIELD_KEYS"):
        parse_keys(text=text, name="SIDAN_FIELD_KEYS")


def test_a_new_key_can_be_parsed() -> None:
    assert list(parse_keys(text=f"{new_key_text()}, {new_key_text(version=2)}", name="K")) == [1, 2]
