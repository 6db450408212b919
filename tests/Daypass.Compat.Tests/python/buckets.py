"""Buckets with boto3, at a service that Daypass protects."""

import io
import json
import os
import time
import urllib.request

from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from promises import ADMINISTRATOR, advance_clock, allow, decoded, document, fetch, refusal, role, send, sentence, trusting, unique, user

s3 = ADMINISTRATOR.client("s3")


def _bucket(name="logs"):
    s3.create_bucket(Bucket=unique(name))
    return unique(name)


def _reader(bucket, *actions):
    alice = user()
    resources = [f"arn:aws:s3:::{bucket}", f"arn:aws:s3:::{bucket}/*"]
    return alice.assume(role("LogReader", trusting(alice.arn), allow(list(actions or ("s3:GetObject", "s3:ListBucket")), resources)))


def _soon_refused(client, bucket):
    """The service hears of changes when it next renews what it holds: within five seconds, and a slow machine gets twice that."""
    began = time.monotonic()
    while time.monotonic() - began < 10:
        try:
            client.get_object(Bucket=bucket, Key="x")
        except client.exceptions.ClientError as error:
            return error.response["Error"]["Code"], error.response["Error"]["Message"]
        time.sleep(0.1)
    raise AssertionError("ten seconds later it still reads")


def a_session_that_is_revoked_is_dropped_by_the_service_that_holds_a_lease_of_it():
    bucket = _bucket()
    s3.put_object(Bucket=bucket, Key="x", Body=b"transactions")
    session = _reader(bucket)
    client = session.client("s3")
    assert client.get_object(Bucket=bucket, Key="x")["Body"].read() == b"transactions"
    status, _, body = send("daypass", {"Action": "RevokeSessions", "AccessKeyId": session.kwargs["aws_access_key_id"]}, "2026-11-22")
    assert status == 200, body
    code, message = _soon_refused(client, bucket)
    assert code == "ExpiredToken" and "it was revoked at 20" in message, (code, message)


def a_reader_reads_and_may_not_write():
    bucket = _bucket()
    s3.put_object(Bucket=bucket, Key="monday.log", Body=b"transactions", ContentType="text/plain", Metadata={"by": "admin"})
    session = _reader(bucket)
    got = session.client("s3").get_object(Bucket=bucket, Key="monday.log")
    assert (got["Body"].read(), got["ContentType"], got["Metadata"]) == (b"transactions", "text/plain", {"by": "admin"}), got
    code, message = refusal(session.client("s3").put_object, Bucket=bucket, Key="monday.log", Body=b"forged")
    assert code == "AccessDenied"
    assert sentence(message) == (f'User: {session.arn} is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::{bucket}/monday.log" '
                       "because no identity-based policy allows the s3:PutObject action"), message
    why = decoded(message)
    assert why["reportedBy"]["service"] == "s3" and why["context"]["action"] == "s3:PutObject", why
    assert why["trace"]["reason"] == "noIdentityPolicyAllows", why
    assert s3.get_object(Bucket=bucket, Key="monday.log")["Body"].read() == b"transactions"


def what_a_session_did_at_the_service_is_in_the_trail_under_its_name():
    bucket = _bucket()
    s3.put_object(Bucket=bucket, Key="monday.log", Body=b"transactions")
    session = _reader(bucket)
    session.client("s3").get_object(Bucket=bucket, Key="monday.log")
    refusal(session.client("s3").put_object, Bucket=bucket, Key="monday.log", Body=b"forged")
    refusal(session.client("s3").get_object, Bucket=bucket, Key="none")
    found = _found("ResourceName", f"arn:aws:s3:::{bucket}/monday.log", 3)
    assert sorted(each["eventName"] for each in found) == ["GetObject", "PutObject", "PutObject"], found
    reading = next(each for each in found if each["eventName"] == "GetObject")
    assert reading["userIdentity"]["arn"] == session.arn, reading
    assert (reading["eventSource"], reading["eventCategory"], reading["managementEvent"], reading["readOnly"]) == ("s3.amazonaws.com", "Data", False, True), reading
    assert reading["additionalEventData"]["reportedBy"]["arn"].endswith(":service/s3"), reading
    denied = next(each for each in found if each.get("errorCode") == "AccessDenied")
    assert denied["eventName"] == "PutObject" and "is not authorized to perform: s3:PutObject" in denied["errorMessage"], denied
    assert _found("EventId", denied["eventID"], 1) == [denied]
    missing = _found("ResourceName", f"arn:aws:s3:::{bucket}/none", 1)[0]
    assert (missing["errorCode"], missing["additionalEventData"]["httpStatus"]) == ("NoSuchKey", 404), missing
    by_key = _found("AccessKeyId", reading["userIdentity"]["accessKeyId"], 3)
    assert {each["eventID"] for each in by_key} >= {reading["eventID"], denied["eventID"], missing["eventID"]}, by_key


def _found(key, value, count):
    """Events arrive when the service next sends: within a second or so; a slow machine gets thirty."""
    trail = ADMINISTRATOR.client("cloudtrail")
    began = time.monotonic()
    while time.monotonic() - began < 30:
        found = [json.loads(each["CloudTrailEvent"]) for each in trail.lookup_events(LookupAttributes=[{"AttributeKey": key, "AttributeValue": value}])["Events"]]
        if len(found) >= count:
            return found
        time.sleep(0.2)
    raise AssertionError(f"only {found} of {count} events are there")


def rights_end_where_the_prefix_ends():
    bucket = _bucket()
    for key in ("alice/own", "bob/own"):
        s3.put_object(Bucket=bucket, Key=key, Body=key.encode())
    alice = user()
    rights = allow("s3:GetObject", f"arn:aws:s3:::{bucket}/${{aws:PrincipalTag/none}}*"), allow("s3:GetObject", f"arn:aws:s3:::{bucket}/alice/*")
    listing = {**allow("s3:ListBucket", f"arn:aws:s3:::{bucket}"), "Condition": {"StringLike": {"s3:prefix": "alice/*"}}}
    own = alice.assume(role("Own", trusting(alice.arn), *rights, listing)).client("s3")
    assert own.get_object(Bucket=bucket, Key="alice/own")["Body"].read() == b"alice/own"
    assert [one["Key"] for one in own.list_objects_v2(Bucket=bucket, Prefix="alice/")["Contents"]] == ["alice/own"]
    for call in (lambda: own.get_object(Bucket=bucket, Key="bob/own"), lambda: own.list_objects_v2(Bucket=bucket, Prefix="bob/"), lambda: own.list_objects_v2(Bucket=bucket)):
        assert refusal(call)[0] == "AccessDenied"


def each_key_of_a_deletion_is_decided_by_itself():
    bucket = _bucket()
    for key in ("tmp/a", "tmp/b", "keep/c"):
        s3.put_object(Bucket=bucket, Key=key, Body=b"x")
    alice = user()
    own = alice.assume(role("Cleaner", trusting(alice.arn), allow("s3:DeleteObject", f"arn:aws:s3:::{bucket}/tmp/*"))).client("s3")
    answer = own.delete_objects(Bucket=bucket, Delete={"Objects": [{"Key": "tmp/a"}, {"Key": "keep/c"}, {"Key": "tmp/b"}]})
    assert sorted(one["Key"] for one in answer["Deleted"]) == ["tmp/a", "tmp/b"]
    assert [(one["Key"], one["Code"]) for one in answer["Errors"]] == [("keep/c", "AccessDenied")]
    assert [one["Key"] for one in s3.list_objects_v2(Bucket=bucket)["Contents"]] == ["keep/c"]


def large_objects_go_up_in_parts_and_down_in_ranges():
    bucket, content = _bucket(), os.urandom(13 * 1024 * 1024)
    s3.upload_fileobj(io.BytesIO(content), bucket, "large", Config=TransferConfig(multipart_threshold=5 << 20, multipart_chunksize=5 << 20))
    target = io.BytesIO()
    s3.download_fileobj(bucket, "large", target, Config=TransferConfig(multipart_threshold=4 << 20, multipart_chunksize=4 << 20))
    assert target.getvalue() == content
    assert s3.head_object(Bucket=bucket, Key="large")["ETag"].endswith('-3"')
    assert s3.get_object(Bucket=bucket, Key="large", Range="bytes=5-9")["Body"].read() == content[5:10]


def a_presigned_link_reads_and_a_changed_one_does_not():
    bucket = _bucket()
    s3.put_object(Bucket=bucket, Key="a b/\u00fc+.txt", Body=b"linked")
    session = _reader(bucket)
    url = session.client("s3", config=Config(signature_version="s3v4")).generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": "a b/\u00fc+.txt"}, ExpiresIn=600)
    assert fetch(urllib.request.Request(url))[::2] == (200, "linked")
    status, _, body = fetch(urllib.request.Request(url.replace("X-Amz-Expires=600", "X-Amz-Expires=6000")))
    assert status == 403 and "<Code>SignatureDoesNotMatch</Code>" in body, body
    status, _, body = fetch(urllib.request.Request(url, b"forged", method="PUT"))
    assert status == 403, body


def a_presigned_upload_needs_the_right_to_write():
    bucket = _bucket()
    v4 = Config(signature_version="s3v4")
    may = _reader(bucket, "s3:PutObject").client("s3", config=v4).generate_presigned_url("put_object", Params={"Bucket": bucket, "Key": "up"})
    assert fetch(urllib.request.Request(may, b"by link", method="PUT"))[0] == 200
    assert s3.get_object(Bucket=bucket, Key="up")["Body"].read() == b"by link"
    bob = user("bob")
    reader = bob.assume(role("OnlyReads", trusting(bob.arn), allow("s3:GetObject"))).client("s3", config=v4)
    status, _, body = fetch(urllib.request.Request(reader.generate_presigned_url("put_object", Params={"Bucket": bucket, "Key": "up"}), b"forged", method="PUT"))
    assert status == 403 and "<Code>AccessDenied</Code>" in body, body
    assert s3.get_object(Bucket=bucket, Key="up")["Body"].read() == b"by link"


def listings_page_and_group_by_prefix():
    bucket = _bucket()
    keys = sorted(f"{folder}/{number}" for folder in ("a", "b", "c\u00e9") for number in range(3))
    for key in keys:
        s3.put_object(Bucket=bucket, Key=key, Body=b"")
    pages = list(s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, PaginationConfig={"PageSize": 4}))
    assert [len(page["Contents"]) for page in pages] == [4, 4, 1]
    assert [one["Key"] for page in pages for one in page["Contents"]] == keys
    grouped = s3.list_objects_v2(Bucket=bucket, Delimiter="/")
    assert [one["Prefix"] for one in grouped["CommonPrefixes"]] == ["a/", "b/", "c\u00e9/"] and "Contents" not in grouped


def a_bucket_policy_denies_whom_it_names():
    bucket = _bucket()
    s3.put_object(Bucket=bucket, Key="x", Body=b"x")
    session = _reader(bucket)
    assert session.client("s3").get_object(Bucket=bucket, Key="x")
    denial = {"Effect": "Deny", "Principal": "*", "Action": "s3:GetObject", "Resource": f"arn:aws:s3:::{bucket}/*"}
    s3.put_bucket_policy(Bucket=bucket, Policy=document(denial))
    code, message = refusal(session.client("s3").get_object, Bucket=bucket, Key="x")
    assert code == "AccessDenied" and "with an explicit deny in a resource-based policy" in message, message
    s3.delete_bucket_policy(Bucket=bucket)
    assert session.client("s3").get_object(Bucket=bucket, Key="x")


def a_lost_right_is_soon_lost_at_the_bucket_too():
    bucket = _bucket()
    s3.put_object(Bucket=bucket, Key="x", Body=b"x")
    own = _reader(bucket).client("s3")
    assert own.get_object(Bucket=bucket, Key="x")
    ADMINISTRATOR.client("iam").delete_role_policy(RoleName=unique("LogReader"), PolicyName="rights")
    assert _soon_refused(own, bucket)[0] == "AccessDenied"


def a_session_that_has_ended_is_refused_as_expired():
    bucket = _bucket()
    s3.put_object(Bucket=bucket, Key="x", Body=b"x")
    own = _reader(bucket).client("s3")
    assert own.get_object(Bucket=bucket, Key="x")
    advance_clock(3601)
    assert _soon_refused(own, bucket) == ("ExpiredToken", "The provided token has expired.")
