"""Telephone numbers and masks."""

import pytest
from pytest_django.fixtures import Settings

from sidan.core.phones import (
    BadPhone,
    format_phone,
    mask_address,
    mask_id_number,
    mask_name,
    mask_phone,
    normalise_mobile,
    normalise_phone,
)


@pytest.mark.parametrize(
    "written",
    ["12012345678", "120 1234 5678", "120-1234-5678", "+86 12012345678", "0086-120 1234 5678", "8612012345678",
     "１２０１２３４５６７８", "(120)12345678"],
)  # fmt: skip
def test_a_mobile_has_one_written_form(written: str) -> None:
    assert normalise_mobile(written) == "12012345678"
    assert normalise_phone(written) == "12012345678"


@pytest.mark.parametrize(
    ("written", "digits"),
    [("0797-2831234", "07972831234"), ("010 6655 1234", "01066551234"), ("（0797）2831234", "07972831234"),
     ("400-123-4567", "4001234567")],
)  # fmt: skip
def test_a_landline_needs_its_area_code(written: str, digits: str) -> None:
    assert normalise_phone(written) == digits
    with pytest.raises(BadPhone):
        normalise_mobile(written)


@pytest.mark.parametrize(
    "written",
    ["", "2831234", "110", "11012345678", "120123456789", "1201234567", "abcdefghijk", "٠١٢٣٤٥٦٧٨٩٠", "-"],
)
def test_what_cannot_be_called_is_refused(written: str) -> None:
    with pytest.raises(BadPhone):
        normalise_phone(written)


def test_invented_people_exist_only_in_demo_and_test(settings: Settings) -> None:
    settings.MODE = "production"
    with pytest.raises(BadPhone):
        normalise_mobile("12012345678")
    settings.MODE = "demo"
    assert normalise_mobile("12912345678") == "12912345678"


def test_numbers_are_grouped_for_reading() -> None:
    assert format_phone("12012345678") == "120 1234 5678"
    assert format_phone("07972831234") == "0797-2831234"
    assert format_phone("01066551234") == "010-66551234"


def test_masks_hide_what_identifies() -> None:
    assert mask_phone("12012345678") == "120****5678"
    assert mask_phone("07972831234") == "0797***1234"
    assert mask_phone("1234") == "****"
    assert [mask_name(name) for name in ("张建明", "张明", "张", "欧阳建国", "Li Ming", "")] == [
        "张*明", "张*", "*", "欧**国", "L* M***", ""
    ]  # fmt: skip
    assert mask_address("寻乌县长宁镇城北社区中山路12号3栋") == "寻乌县长宁镇城北社区***"
    assert mask_address("") == ""
    assert mask_id_number("001122199001010011") == "001*************11"
