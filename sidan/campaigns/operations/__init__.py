"""Every write of campaigns."""

from sidan.campaigns.operations.door import CampaignMovedOn
from sidan.campaigns.operations.drafting import (
    CampaignText,
    CampaignTurnedRound,
    LessThanShared,
    MoreThanTarget,
    NotOfAnOffice,
    NotRightBelow,
    StopsOutside,
    TargetsFixed,
    TargetTooMuch,
    draft_campaign,
    edit_campaign,
    remove_target,
    set_target,
    share_out,
)
from sidan.campaigns.operations.moving import (
    NothingMeant,
    announce_campaign,
    begin_campaign,
    drop_campaign,
    end_campaign,
    resume_campaign,
    stop_campaign,
)
from sidan.campaigns.operations.recording import (
    NoWordNeeded,
    OrderNotFitting,
    OwnWord,
    SoMuch,
    StillToCome,
    TakenBackAlready,
    Told,
    file_stops_of,
    give_word,
    prove_by_activity,
    prove_by_order,
    record_at,
    record_stop,
    take_record_back,
)
from sidan.campaigns.operations.sites import (
    Added,
    KindThere,
    SiteElsewhere,
    SiteFacts,
    SiteHasStops,
    StopOutside,
    TooManySites,
    add_kind,
    add_sites,
    remove_site,
    retire_kind,
    take_network_in,
)
from sidan.campaigns.operations.stops import (
    ActivityNotFitting,
    StandsForAnother,
    StopMovedOn,
    StopThere,
    call_stop_off,
    is_over,
    let_activity_go,
    lose_activity,
    move_stop,
    plan_stop,
    promise_activity,
)

__all__ = [
    "ActivityNotFitting", "Added", "CampaignMovedOn", "CampaignText", "CampaignTurnedRound", "KindThere",
    "LessThanShared", "MoreThanTarget", "NoWordNeeded", "NotOfAnOffice", "NotRightBelow", "NothingMeant",
    "OrderNotFitting", "OwnWord", "SiteElsewhere", "SiteFacts", "SiteHasStops", "SoMuch", "StandsForAnother",
    "StillToCome", "StopMovedOn", "StopOutside", "StopThere", "StopsOutside", "TakenBackAlready", "TargetTooMuch",
    "TargetsFixed", "Told", "TooManySites", "add_kind", "add_sites", "announce_campaign", "begin_campaign",
    "call_stop_off", "draft_campaign", "drop_campaign", "edit_campaign", "end_campaign", "file_stops_of",
    "give_word", "is_over", "let_activity_go", "lose_activity", "move_stop", "plan_stop", "promise_activity",
    "prove_by_activity", "prove_by_order", "record_at", "record_stop", "remove_site", "remove_target",
    "resume_campaign", "retire_kind", "set_target", "share_out", "stop_campaign", "take_network_in",
    "take_record_back",
]  # fmt: skip
