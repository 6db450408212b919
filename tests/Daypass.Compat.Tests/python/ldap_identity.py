"""Users of a real directory (slapd). They are asked for in the two ways of MinIO's clients: minio-py puts all into the query, minio-go into a form."""

import json
import os
import urllib.parse
import urllib.request
import xml.etree.ElementTree as ElementTree

from promises import ADMINISTRATOR, ENDPOINT, Keys, allow, fetch, refusal, role, send, unique

PROVIDER = os.environ["LDAP_PROVIDER_ARN"]
PEOPLE, GROUPS = "ou=people,dc=example,dc=com", "ou=groups,dc=example,dc=com"
NAMESPACE = "{https://sts.amazonaws.com/doc/2011-06-15/}"
ADMINS, STAFF = "cn=admins," + GROUPS, "cn=staff," + GROUPS


def a_user_gets_the_role_of_the_first_of_his_groups():
    admins, staff = _set_up()
    for ask in (_as_minio_py, _as_minio_go):
        assert f":assumed-role/{unique('Admins')}/alice" in Keys(_get(ask("alice"))).arn
        assert f":assumed-role/{unique('Staff')}/bob" in Keys(_get(ask("bob"))).arn
    chosen = Keys(_get(_as_minio_go("alice", RoleArn=staff, ProviderArn=PROVIDER)))
    assert f":assumed-role/{unique('Staff')}/alice" in chosen.arn
    assert _refused(_as_minio_go("bob", RoleArn=admins)) == ("AccessDenied", "Not authorized to perform sts:AssumeRoleWithLDAPIdentity")


def the_answer_is_what_minio_s_clients_read():
    _set_up()
    status, kind, body = _as_minio_py("bob", DurationSeconds=900)
    root = ElementTree.fromstring(body)
    assert (status, kind) == (200, "text/xml") and root.tag == NAMESPACE + "AssumeRoleWithLDAPIdentityResponse", body
    found = root.find(f"{NAMESPACE}AssumeRoleWithLDAPIdentityResult/{NAMESPACE}Credentials")
    assert [part.tag.removeprefix(NAMESPACE) for part in found] == ["AccessKeyId", "SecretAccessKey", "SessionToken", "Expiration"], body


def the_policy_of_the_call_narrows_the_session():
    _set_up()
    policy = json.dumps({"Version": "2012-10-17", "Statement": [allow("iam:ListRoles")]})
    Keys(_get(_as_minio_go("bob"))).client("iam").list_users()
    narrowed = Keys(_get(_as_minio_go("bob", Policy=policy)))
    assert refusal(narrowed.client("iam").list_users)[0] == "AccessDenied"


def what_the_directory_says_is_a_condition_and_a_variable():
    condition = {"StringEquals": {"ldap:username": "bob"}, "ForAnyValue:StringEquals": {"ldap:groups": STAFF}}
    own = {"Effect": "Allow", "Action": "iam:GetUser", "Resource": "arn:aws:iam::111122223333:user/${ldap:username}"}
    _set_up(own, condition=condition)
    assert _refused(_as_minio_go("alice", RoleArn=f"arn:aws:iam::111122223333:role/{unique('Staff')}"))[0] == "AccessDenied"
    client = Keys(_get(_as_minio_go("bob"))).client("iam")
    assert refusal(client.get_user, UserName="bob")[0] == "NoSuchEntity"
    assert refusal(client.get_user, UserName="alice")[0] == "AccessDenied"


def whoever_is_not_let_in_gets_one_answer():
    _set_up()
    answers = {
        _refused(_as_minio_go(user, password)) for user, password in (
            ("bob", "wrong"), ("nobody", "wrong"), ("twin", "EXAMPLE-twin-password"), ("*", "wrong"), ("alice)(uid=*", "EXAMPLE-alice-password"), ("uid=bob," + PEOPLE, "EXAMPLE-bob-password"))
    }
    assert answers == {("IDPRejectedClaim", "The directory did not accept this user name and password.")}, answers
    for user, password in (("bob", ""), ("", "x"), ("", ""), ("bo\0b", "EXAMPLE-bob-password")):
        assert _refused(_as_minio_go(user, password))[0] == "ValidationError"
    assert _refused(_as_minio_go("carol"))[0] == "AccessDenied"


def a_name_made_of_what_filters_are_made_of_is_a_name():
    _set_up()
    arn = Keys(_get(_as_minio_go("*)(uid=*"))).arn
    assert "/...uid=.=" in arn, arn


def guessing_is_slowed():
    _set_up()
    for guess in range(5):
        assert _refused(_as_minio_go(unique("mallory"), f"guess-{guess}"))[0] == "IDPRejectedClaim"
    code, message = _refused(_as_minio_go(unique("mallory"), "another"))
    assert code == "Throttling" and message.startswith("Too many wrong passwords were given. Wait "), message


def each_way_of_encryption_works_and_a_wrong_authority_does_not():
    _set_up()
    for changes in ({"Url": os.environ["LDAP_PLAIN_URL"]}, {"Url": os.environ["LDAP_PLAIN_URL"], "Encryption": "StartTLS"}):
        _put(f"arn:aws:iam::111122223333:role/{unique('Staff')}", STAFF, **changes)
        _get(_as_minio_go("bob"))
    _put(f"arn:aws:iam::111122223333:role/{unique('Staff')}", STAFF, Url=os.environ["LDAP_PLAIN_URL"], Encryption="UnsafePlaintext", CertificateAuthorities=None)
    _get(_as_minio_go("bob"))
    _put(f"arn:aws:iam::111122223333:role/{unique('Staff')}", STAFF, CertificateAuthorities=None)
    assert _refused(_as_minio_go("bob")) == ("IDPCommunicationError", "The identity provider could not be reached. Try again.")
    _put(f"arn:aws:iam::111122223333:role/{unique('Staff')}", STAFF, BindPassword="wrong")
    assert _refused(_as_minio_go("bob"))[0] == "IDPCommunicationError"


def providers_are_administered():
    _set_up()
    status, _, body = send("daypass", {"Action": "GetLDAPProvider", "LDAPProviderArn": PROVIDER}, "2026-11-22")
    assert status == 200 and "<UserFilter>(uid=%s)</UserFilter>" in body and os.environ["LDAP_BIND_PASSWORD"] not in body, body
    assert PROVIDER in send("daypass", {"Action": "ListLDAPProviders"}, "2026-11-22")[2]
    assert send("daypass", {"Action": "DeleteLDAPProvider", "LDAPProviderArn": PROVIDER}, "2026-11-22")[0] == 200
    assert _refused(_as_minio_go("bob")) == ("InvalidIdentityToken", "Specified provider doesn't exist.")


def _set_up(*more, condition=None):
    trust = {"Effect": "Allow", "Principal": {"Federated": PROVIDER}, "Action": "sts:AssumeRoleWithLDAPIdentity", **({"Condition": condition} if condition else {})}
    admins, staff = (role(name, trust, allow("iam:ListUsers"), *more) for name in ("Admins", "Staff"))
    _put(admins, ADMINS, staff, STAFF)
    return admins, staff


def _put(*mappings, **changes):
    provider = {
        "Name": "corp", "Url": os.environ["LDAP_TLS_URL"], "CertificateAuthorities": os.environ["LDAP_AUTHORITY"],
        "BindDn": os.environ["LDAP_BIND_DN"], "BindPassword": os.environ["LDAP_BIND_PASSWORD"],
        "UserBase": PEOPLE, "UserFilter": "(uid=%s)", "GroupBase": GROUPS, "GroupFilter": "(&(objectClass=groupOfNames)(member=%d))", **changes,
    }
    for place in range(len(mappings) // 2):
        provider[f"Mappings.member.{place + 1}.RoleArn"], provider[f"Mappings.member.{place + 1}.GroupDn"] = mappings[2 * place:2 * place + 2]
    status, _, body = send("daypass", {"Action": "PutLDAPProvider", **{name: value for name, value in provider.items() if value is not None}}, "2026-11-22")
    assert status == 200, body


def _parameters(user, password, more):
    password = f"EXAMPLE-{user}-password" if password is None else password
    return urllib.parse.urlencode({"Action": "AssumeRoleWithLDAPIdentity", "Version": "2011-06-15", "LDAPUsername": user, "LDAPPassword": password, **more})


def _as_minio_py(user, password=None, **more):
    return fetch(urllib.request.Request(ENDPOINT + "?" + _parameters(user, password, more), method="POST"))


def _as_minio_go(user, password=None, **more):
    return fetch(urllib.request.Request(ENDPOINT, _parameters(user, password, more).encode(), {"Content-Type": "application/x-www-form-urlencoded"}))


def _get(answer):
    status, _, body = answer
    assert status == 200, body
    return {part.tag.removeprefix(NAMESPACE): part.text for part in ElementTree.fromstring(body).find(f".//{NAMESPACE}Credentials")}


def _refused(answer):
    status, _, body = answer
    assert 400 <= status < 500, (status, body)
    error = ElementTree.fromstring(body).find(f"{NAMESPACE}Error")
    return error.find(NAMESPACE + "Code").text, error.find(NAMESPACE + "Message").text
