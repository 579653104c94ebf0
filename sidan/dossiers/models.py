"""What the ledger of an activity keeps for itself: photos, minutes, news, and the numbers of the day it was filed.

Everything else is read from where it stands: plan, notice, list and numbers are copied nowhere.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from sidan.activities.models import Activity
from sidan.core.ids import uuid7
from sidan.core.search import SearchField, search_index
from sidan.files.models import PlacedPicture


class Photo(PlacedPicture):
    """A picture of an activity. Who took it off stays known; its bytes go with the orphans."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="+")
    caption = models.CharField(max_length=60, blank=True)
    alt = models.CharField(max_length=120, blank=True)
    """What is to be seen, for who cannot see it."""
    search = SearchField(sources=("caption", "alt"))
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.DO_NOTHING, related_name="+"
    )
    added_at = models.DateTimeField()
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.DO_NOTHING, related_name="+"
    )
    removed_at = models.DateTimeField(null=True)

    class Meta(PlacedPicture.Meta):
        indexes = [
            # the photos of an activity, and whether there are any
            models.Index(
                fields=["activity", "position"], condition=Q(removed_at=None), name="dossiers_photos_shown"
            ),
            search_index(name="dossiers_photo_search"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["file"], name="dossiers_picture_hangs_once"),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=False) | Q(removed_by=None),
                name="dossiers_photo_says_when_it_was_taken_off",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} #{self.position}"


class Minutes(models.Model):
    """A version of the minutes: the last one stands. Appended only; the words stand beside it."""

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.DO_NOTHING, related_name="+"
    )
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["activity", "version"]
        constraints = [
            # also: the last one of an activity
            models.UniqueConstraint(fields=["activity", "version"], name="dossiers_minutes_once_a_version"),
            models.CheckConstraint(condition=Q(version__gte=1), name="dossiers_minutes_count_from_one"),
        ]

    def __str__(self) -> str:
        return f"minutes {self.activity_id}/{self.version}"


class MinutesText(models.Model):
    """The words of a version of minutes: never rewritten, erasable."""

    minutes = models.OneToOneField(Minutes, on_delete=models.CASCADE, primary_key=True, related_name="text")
    words = models.TextField()
    search = SearchField(sources=("words",))

    class Meta:
        indexes = [search_index(name="dossiers_minutes_search")]
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="dossiers_minutes_say_something")]

    def __str__(self) -> str:
        return f"words of minutes {self.minutes_id}"


class News(models.Model):
    """What everybody reads of an activity that is over. One stands; it is withdrawn, never rewritten."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.DO_NOTHING, related_name="+"
    )
    published_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.DO_NOTHING, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["activity", "version"]
        verbose_name_plural = "news"
        constraints = [
            models.UniqueConstraint(fields=["activity", "version"], name="dossiers_news_once_a_version"),
            # also: what is to be read of an activity now
            models.UniqueConstraint(
                fields=["activity"], condition=Q(withdrawn_at=None), name="dossiers_one_news_stands"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__gte=models.F("published_at")),
                name="dossiers_news_are_withdrawn_after_they_came",
            ),
        ]

    def __str__(self) -> str:
        return f"news {self.activity_id}/{self.version}"


class NewsText(models.Model):
    """The words of a piece of news: never rewritten, erasable."""

    news = models.OneToOneField(News, on_delete=models.CASCADE, primary_key=True, related_name="text")
    title = models.CharField(max_length=60)
    words = models.TextField()
    search = SearchField(sources=("title", "words"))

    class Meta:
        indexes = [search_index(name="dossiers_news_search")]
        constraints = [
            models.CheckConstraint(condition=~Q(title="") & ~Q(words=""), name="dossiers_news_say_something")
        ]

    def __str__(self) -> str:
        return self.title


class NewsPhoto(models.Model):
    """A photo that a piece of news shows: appended only."""

    news = models.ForeignKey(News, on_delete=models.PROTECT, related_name="photos")
    photo = models.ForeignKey(Photo, on_delete=models.PROTECT, related_name="in_news")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["news", "photo"], name="dossiers_news_show_a_photo_once")
        ]

    def __str__(self) -> str:
        return f"{self.news_id} shows {self.photo_id}"


class Tally(models.Model):
    """The numbers of an activity as they were when it was filed, or counted again since: appended only."""

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    at = models.DateTimeField()
    counted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.DO_NOTHING, related_name="+"
    )
    """Nobody where it was filed by itself."""
    signed_up = models.PositiveIntegerField()
    guests = models.PositiveIntegerField()
    helpers = models.PositiveIntegerField()
    heads = models.PositiveIntegerField(null=True)
    """Counted at a moment and never added to those who are known; none where nobody counted."""
    minutes = models.PositiveIntegerField()
    """Served by those who helped."""

    class Meta:
        ordering = ["activity", "version"]
        constraints = [
            # also: the last one of an activity
            models.UniqueConstraint(fields=["activity", "version"], name="dossiers_tally_once_a_version"),
            models.CheckConstraint(condition=Q(version__gte=1), name="dossiers_tallies_count_from_one"),
        ]

    def __str__(self) -> str:
        return f"tally {self.activity_id}/{self.version}"
