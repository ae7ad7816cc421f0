"""Every service of apprise that takes several targets: each is a recipient, or the address says that it isn't."""

from __future__ import annotations

import pytest
from apprise.manager_plugins import NotificationManager

from sunchi.alerts.notify import Notifier

PHONES = "+15551231235/+15551231236"
MAILS = "a@example.org/b@example.org"
TOKEN = "0123456789abcdef0123456789abcdef"  # noqa: S105 - of nobody

ADDRESSES = f"""
46elks://u:p@+15551231234/{PHONES}
aprs://DF1ABC:12345@DF1AAA/DF1BBB
atalk://user@apikey/{PHONES}
barks://host/one/two
brevo://apikey:me@example.org/{MAILS}
bulksms://u:p@{PHONES}
bulkvs://u:p@+15551231234/{PHONES}
burstsms://apikey:secret@15551231234/{PHONES}
clickatell://+15551231234@apikey/{PHONES}
clicksend://u:key@{PHONES}
d7sms://token@{PHONES}
dapnet://u:p@DF1ABC/DF1ABD
deltachats://u:p@example.org/{MAILS}
dingtalk://secret@token/15551231235/15551231236
eight00com://token@+15551231234/{PHONES}
evolutions://apikey@host/inst/{PHONES}
exotel://sid:token@+15551231234/{PHONES}
fcm://apikey/device/%23topic
flock://token/@one/%23two
httpsms://apikey@+15551231234/{PHONES}
humhubs://u:p@host/1/2
ifttt://webhook/one/two
ircs://u:p@host/@one/%23two
jira://apikey/@one/%23two
join://a0123456789012345678901234567890/device/phone
kavenegar://apikey/{PHONES}
kook://token/123456/234567
line://token/one/two
mailersend://apikey:me@example.org/{MAILS}
mailgun://u@example.org/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-bbbbbbbb-bbbbbbbb/{MAILS}
mailtos://u:p@example.org/{MAILS}
mastodons://token@host/@one/@two
matrixs://u:p@host/%23one/%23two
mmosts://host/{TOKEN[:26]}?to=one,two
mobilemsg://u:p@Sender/0412345678/0412345679
msg91://tmpl@authkey/{PHONES}
msgbird://{TOKEN[:25]}/+15551231234/{PHONES}
nclouds://u:p@host/one/two
nctalks://u:p@host/one/two
notifiarr://apikey/1234567890/1234567891
notifyre://apikey/{PHONES}
ntfys://token@host/one/two
octopush://me@example.org/apikey/{PHONES}
onesignal://app@apikey/one/@two
opsgenie://apikey/@one/%23two
pbul://token/device/%23two
pingram://type@pingram_sk_abcdefgh/{MAILS}
plivo://{TOKEN[:20]}@{TOKEN}/+15551231234/{PHONES}
postmark://apikey:me@example.org/{MAILS}
pover://user@token/one/two
psafers://privatekey/one/two
pushed://appkey/secret/@one/%23two
pushplus://{TOKEN}/one/two
pushy://apikey/@one/%23two
reddit://u:p@appid/secret/one/two
resend://apikey:me@example.org/{MAILS}
revolt://token/one/two
ringc://jwt@clientid/secret/+15551231234/{PHONES}
rockets://u:p@host/%23one/%23two
sendgrid://apikey:me@example.org/{MAILS}
sendpulse://u@example.org/clientid/secret/{MAILS}
serwersms://u:p@sender/{PHONES}
ses://me@example.org/AKID/secret/us-east-1/{MAILS}
sessions://{TOKEN * 2}:{TOKEN * 2}@host/one/two
seven://apikey/{PHONES}
sfr://u:p@space/{PHONES}
signalgrid://clientkey/one/two
signals://host/+15551231234/{PHONES}
sinch://aaaabbbb:ccccdddd@+15551231234/{PHONES}
slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/%23one/%23two
smsc://u:p@{PHONES}
smseagles://token@host/+15551231235/%23two
smsmgr://apikey@{PHONES}
smtp2go://u@example.org/api-key/{MAILS}
sns://AKID/secret/us-east-1/{PHONES}
sparkpost://u@example.org/apikey/{MAILS}
telnyx://apikey@+15551231234/{PHONES}
tgram://123456789:abcdefg_hijklmnop/1234/5678
threema://*GATEWAY@secret/+15551231235/ABCD1234
trigvs://trgv_abcdefgh_{TOKEN}@host/one/two
twilio://AC{TOKEN}:{TOKEN}@+15551231234/{PHONES}
twist://password:user@example.org/%23one/%23two
twitter://ckey/csecret/akey/asecret/@one/@two
vapid://me@example.org/{MAILS}
viber://token/one/two
voipms://password:me@example.org/+15551231234/{PHONES}
vonage://apikey:secret@+15551231234/{PHONES}
webex://{TOKEN * 3}/one/two
wechat://corpid:secret@12345/@one/%232
whatsapp://template:token@1234567890/{PHONES}
wpush://WPUSH{TOKEN[:27]}/one/two
wxpusher://AT_token/UID_a/UID_b
zulip://bot@org/{TOKEN}/one/two
""".split()

WHOLE = ["hassios://host/token?to=one,two"]
"""Addresses that apprise does not read as it writes them, so that they can't be split."""

ELSEWHERE = {"mqtts", "smpps", "spush", "xmpps", "azure"}
"""Services that need a library of their own, which may not be installed, or that name targets as the others do."""


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda each: each.partition(":")[0])
def test_each_target_is_a_recipient_of_its_own(address: str) -> None:
    one, two = Notifier(address).recipients

    assert one.key != two.key
    assert one.label != two.label
    assert (one.targets, two.targets) == (1, 1)
    assert one.former_key == two.former_key
    assert one.heard
    assert two.heard


@pytest.mark.parametrize("address", WHOLE)
def test_an_address_that_cannot_be_split_stays_one_and_says_so(address: str) -> None:
    [recipient] = Notifier(address).recipients
    assert recipient.targets == 2


def test_no_service_of_several_targets_is_forgotten() -> None:
    tried = {each.partition(":")[0] for each in (*ADDRESSES, *WHOLE)} | ELSEWHERE
    manager = NotificationManager()
    manager.load_modules()
    several = [
        each
        for each in manager.plugins()
        if any("list" in str(token.get("type")) for token in each.template_tokens.values())
    ]
    assert [each.__name__ for each in several if not tried & schemas(each)] == []


def schemas(service: type) -> set[str]:
    found: set[str] = set()
    for name in ("protocol", "secure_protocol"):
        value = getattr(service, name, None) or ()
        found |= {value} if isinstance(value, str) else set(value)
    return found
