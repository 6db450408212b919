"""Roles Anywhere: the control plane by the stock client, sessions by a signer that is written here from AWS's description, with openssl's signatures."""

import base64
import datetime
import hashlib
import json
import os
import subprocess
import tempfile
import urllib.parse
import urllib.request

from promises import ADMINISTRATOR, ENDPOINT, Keys, allow, fetch, refusal, role, unique

LEAF = "basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=clientAuth\nsubjectAltName=DNS:web-1.example.com,URI:spiffe://example.com/web\n"
RSA, CURVE = ["rsa:2048"], ["ec", "-pkeyopt", "ec_paramgen_curve:P-384"]
TRUST = {"Effect": "Allow", "Principal": {"Service": "rolesanywhere.amazonaws.com"}, "Action": ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"]}


def a_workload_gets_a_session_by_a_key_of_either_kind():
    for algorithm in (RSA, CURVE):
        world = _World()
        cert, key = world.issue(algorithm)
        status, answer = _create_session(world, cert, key)
        assert status == 201, answer
        (entry,) = answer["credentialSet"]
        assert entry["sourceIdentity"] == "CN=web-1.example.com" and entry["roleArn"] == world.role, entry
        assert _session(entry).arn == entry["assumedRoleUser"]["arn"] == f"arn:aws:sts::111122223333:assumed-role/{world.role.split('/')[-1]}/{_hex(cert)}", entry
        ends = datetime.datetime.fromisoformat(entry["credentials"]["expiration"].replace("Z", "+00:00"))
        assert ends.tzinfo is not None, entry


def who_came_is_a_subject_with_its_certificates():
    world = _World()
    cert, key = world.issue(name=f"/O=Example/CN={unique('web')}")
    status, answer = _create_session(world, cert, key, body={"instanceProperties": {"host": "web-1"}})
    assert status == 201, answer
    anywhere = ADMINISTRATOR.client("rolesanywhere")
    arn = answer["subjectArn"]
    subject = anywhere.get_subject(subjectId=arn.split("/")[-1])["subject"]
    assert subject["subjectArn"] == arn and subject["enabled"] and isinstance(subject["lastSeenAt"], datetime.datetime), subject
    (credential,) = subject["credentials"]
    assert credential["serialNumber"] == _hex(cert) and credential["enabled"] and not credential["failed"], credential
    assert base64.b64decode("".join(credential["x509CertificateData"].splitlines()[1:-1])) == base64.b64decode(_der(cert)), credential
    (instance,) = subject["instanceProperties"]
    assert instance["properties"] == {"host": "web-1"} and not instance["failed"], instance
    anywhere.disable_profile(profileId=world.profile.split("/")[-1])
    assert _create_session(world, cert, key)[0] == 403
    assert anywhere.get_subject(subjectId=arn.split("/")[-1])["subject"]["credentials"][0]["failed"]
    pages = anywhere.get_paginator("list_subjects").paginate(pageSize=1)
    assert arn in [each["subjectArn"] for page in pages for each in page["subjects"]]
    anywhere.tag_resource(resourceArn=arn, tags=[{"key": "team", "value": "web"}])
    assert anywhere.list_tags_for_resource(resourceArn=arn)["tags"] == [{"key": "team", "value": "web"}]
    anywhere.untag_resource(resourceArn=arn, tagKeys=["team"])
    assert refusal(anywhere.get_subject, subjectId="00000000-0000-4000-8000-000000000000")[0] == "ResourceNotFoundException"


def what_a_session_needs_comes_in_the_query_or_in_the_body():
    world = _World()
    cert, key = world.issue()
    assert _create_session(world, cert, key, in_query=True)[0] == 201
    assert _create_session(world, cert, key, in_query=False)[0] == 201
    status, answer = _create_session(world, cert, key, in_query=True, body={"roleArn": world.role})
    assert status == 400 and "more than once" in answer["message"], answer


def attributes_of_the_certificate_pass_the_policies():
    world = _World({**allow("iam:ListUsers"), "Condition": {"StringEquals": {"aws:PrincipalTag/x509SAN/URI": "spiffe://example.com/web"}}})
    cert, key = world.issue()
    _session(_create_session(world, cert, key)[1]["credentialSet"][0]).client("iam").list_users()
    cert, key = world.issue(extensions=LEAF.replace("example.com/web", "example.com/db"))
    refused = refusal(_session(_create_session(world, cert, key)[1]["credentialSet"][0]).client("iam").list_users)
    assert refused[0] == "AccessDenied", refused


def an_intermediate_authority_goes_along():
    world = _World()
    middle, middle_key = world.issue(name="/CN=Middle", extensions="basicConstraints=critical,CA:TRUE,pathlen:0\nkeyUsage=critical,keyCertSign\n")
    cert, key = world.issue(by=(middle, middle_key))
    status, answer = _create_session(world, cert, key)
    assert status == 403 and "No path" in answer["message"], answer
    status, answer = _create_session(world, cert, key, chain=[middle])
    assert status == 201, answer


def a_certificate_on_the_revocation_list_gets_nothing():
    world = _World()
    cert, key = world.issue()
    assert _create_session(world, cert, key)[0] == 201
    anywhere = ADMINISTRATOR.client("rolesanywhere")
    crl = anywhere.import_crl(name=unique("list"), crlData=world.crl(cert), trustAnchorArn=world.anchor, enabled=True)["crl"]
    assert crl["enabled"] and crl["crlData"].startswith(b"-----BEGIN X509 CRL"), crl
    status, answer = _create_session(world, cert, key)
    assert (status, answer["message"]) == (403, "Untrusted certificate. It is revoked."), answer
    other = _World()
    refused = refusal(anywhere.import_crl, name=unique("list"), crlData=other.crl(), trustAnchorArn=world.anchor)
    assert refused[0] == "ValidationException" and "not signed by" in refused[1], refused
    anywhere.update_crl(crlId=crl["crlId"], crlData=world.crl())
    anywhere.disable_crl(crlId=crl["crlId"])
    assert [each["crlId"] for each in anywhere.list_crls()["crls"]] == [crl["crlId"]]
    anywhere.delete_crl(crlId=crl["crlId"])
    assert refusal(anywhere.get_crl, crlId=crl["crlId"])[0] == "ResourceNotFoundException"


def the_key_must_be_the_certificates_and_the_certificate_the_authoritys():
    world, other = _World(), _World()
    cert, key = world.issue()
    status, answer = _create_session(world, cert, other.issue()[1])
    assert status == 403, answer
    status, answer = _create_session(world, *other.issue())
    assert status == 403 and answer["message"].startswith("Untrusted certificate."), answer
    status, answer = _create_session(world, cert, key, unsigned=("x-amz-x509",))
    assert status == 403, answer
    status, answer = _create_session(world, cert, key, ago=400)
    assert status == 403, answer


def resources_are_administered_with_the_stock_client():
    world = _World()
    anywhere = ADMINISTRATOR.client("rolesanywhere")
    anchor_id, profile_id = world.anchor.split("/")[-1], world.profile.split("/")[-1]
    anchor = anywhere.get_trust_anchor(trustAnchorId=anchor_id)["trustAnchor"]
    assert anchor["source"]["sourceType"] == "CERTIFICATE_BUNDLE" and isinstance(anchor["createdAt"], datetime.datetime), anchor
    assert not anywhere.disable_trust_anchor(trustAnchorId=anchor_id)["trustAnchor"]["enabled"]
    cert, key = world.issue()
    assert _create_session(world, cert, key)[0] == 403
    anywhere.enable_trust_anchor(trustAnchorId=anchor_id)
    assert anywhere.update_trust_anchor(trustAnchorId=anchor_id, name="renamed")["trustAnchor"]["name"] == "renamed"
    assert anywhere.update_profile(profileId=profile_id, durationSeconds=900)["profile"]["durationSeconds"] == 900
    assert anywhere.get_profile(profileId=profile_id)["profile"]["roleArns"] == [world.role]
    anywhere.disable_profile(profileId=profile_id)
    assert _create_session(world, cert, key)[0] == 403
    anywhere.enable_profile(profileId=profile_id)
    anywhere.tag_resource(resourceArn=world.anchor, tags=[{"key": "team", "value": "web"}])
    assert anywhere.list_tags_for_resource(resourceArn=world.anchor)["tags"] == [{"key": "team", "value": "web"}]
    anywhere.untag_resource(resourceArn=world.anchor, tagKeys=["team"])
    assert anywhere.list_tags_for_resource(resourceArn=world.anchor)["tags"] == []
    pages = anywhere.get_paginator("list_trust_anchors").paginate(pageSize=1)
    assert anchor_id in [each["trustAnchorId"] for page in pages for each in page["trustAnchors"]]
    assert profile_id in [each["profileId"] for each in anywhere.list_profiles()["profiles"]]
    refused = refusal(anywhere.create_trust_anchor, name="x", source={"sourceType": "AWS_ACM_PCA", "sourceData": {"acmPcaArn": "arn:aws:acm-pca:us-east-1:111122223333:certificate-authority/x"}})
    assert refused[0] == "ValidationException" and "private CA" in refused[1], refused
    anywhere.delete_profile(profileId=profile_id)
    anywhere.delete_trust_anchor(trustAnchorId=anchor_id)
    assert refusal(anywhere.get_trust_anchor, trustAnchorId=anchor_id)[0] == "ResourceNotFoundException"


class _World:
    """An authority of openssl's, a trust anchor and a profile for it, and a role with a policy."""

    def __init__(self, *statements):
        self.folder = tempfile.mkdtemp(dir=os.environ["HOME"])
        self.ca, self.ca_key = self._new("ca")
        _openssl("req", "-x509", "-newkey", *CURVE, "-nodes", "-keyout", self.ca_key, "-out", self.ca, "-days", "30", "-subj", "/O=Example/CN=Workload CA",
                 "-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign,cRLSign")
        self.role = role(f"web{os.path.basename(self.folder)}", TRUST, *statements)
        anywhere = ADMINISTRATOR.client("rolesanywhere")
        bundle = open(self.ca, encoding="ascii").read()
        self.anchor = anywhere.create_trust_anchor(name="corp", enabled=True, source={"sourceType": "CERTIFICATE_BUNDLE", "sourceData": {"x509CertificateData": bundle}})["trustAnchor"]["trustAnchorArn"]
        self.profile = anywhere.create_profile(name="web", enabled=True, roleArns=[self.role])["profile"]["profileArn"]

    def issue(self, algorithm=RSA, name="/O=Example/OU=Build/CN=web-1.example.com", extensions=LEAF, by=None):
        cert, key = self._new("leaf")
        ca, ca_key = by or (self.ca, self.ca_key)
        _openssl("req", "-newkey", *algorithm, "-nodes", "-keyout", key, "-out", cert + ".csr", "-subj", name)
        with open(cert + ".ext", "w", encoding="ascii") as file:
            file.write(extensions)
        _openssl("x509", "-req", "-in", cert + ".csr", "-CA", ca, "-CAkey", ca_key, "-CAcreateserial", "-days", "9", "-out", cert, "-extfile", cert + ".ext")
        return cert, key

    def crl(self, *revoked):
        database = os.path.join(tempfile.mkdtemp(dir=self.folder), "index.txt")
        open(database, "w", encoding="ascii").close()
        config = database + ".cnf"
        with open(config, "w", encoding="ascii") as file:
            file.write(f"[ca]\ndefault_ca=it\n[it]\ndatabase={database}\ndefault_md=sha256\ndefault_crl_days=7\n")
        common = ["ca", "-config", config, "-cert", self.ca, "-keyfile", self.ca_key]
        for cert in revoked:
            _openssl(*common, "-revoke", cert)
        return _openssl(*common, "-gencrl")

    def _new(self, name):
        folder = tempfile.mkdtemp(prefix=name, dir=self.folder)
        return os.path.join(folder, "cert.pem"), os.path.join(folder, "key.pem")


def _session(entry):
    credentials = entry["credentials"]
    return Keys({"AccessKeyId": credentials["accessKeyId"], "SecretAccessKey": credentials["secretAccessKey"], "SessionToken": credentials["sessionToken"]})


def _create_session(world, cert, key, chain=(), in_query=True, body=None, unsigned=(), ago=0):
    """The signing process for CreateSession, as AWS's guide describes it; answers (status, JSON)."""
    now = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(seconds=ago)
    stamp, scope = now.strftime("%Y%m%dT%H%M%SZ"), now.strftime("%Y%m%d") + "/us-east-1/rolesanywhere/aws4_request"
    names = {"profileArn": world.profile, "roleArn": world.role, "trustAnchorArn": world.anchor}
    query = "&".join(f"{name}={urllib.parse.quote(value, safe='-_.~')}" for name, value in sorted(names.items())) if in_query else ""
    payload = json.dumps({"durationSeconds": 900, **({} if in_query else names), **(body or {})}).encode()
    headers = {"content-type": "application/json", "host": urllib.parse.urlsplit(ENDPOINT).netloc, "x-amz-date": stamp, "x-amz-x509": _der(cert)}
    if chain:
        headers["x-amz-x509-chain"] = ",".join(_der(each) for each in chain)
    signed = ";".join(name for name in sorted(headers) if name not in unsigned)
    canonical = "\n".join(["POST", "/sessions", query, *(f"{name}:{headers[name]}" for name in signed.split(";")), "", signed, hashlib.sha256(payload).hexdigest()])
    algorithm = f"AWS4-X509-{'RSA' if b'modulus' in _openssl('pkey', '-in', key, '-noout', '-text') else 'ECDSA'}-SHA256"
    to_sign = "\n".join([algorithm, stamp, scope, hashlib.sha256(canonical.encode()).hexdigest()])
    signature = _openssl("dgst", "-sha256", "-sign", key, data=to_sign.encode()).hex()
    headers["authorization"] = f"{algorithm} Credential={_serial(cert)}/{scope}, SignedHeaders={signed}, Signature={signature}"
    address = ENDPOINT.rstrip("/") + "/sessions" + ("?" + query if query else "")
    status, _, text = fetch(urllib.request.Request(address, payload, headers, method="POST"))
    return status, json.loads(text)


def _der(cert):
    return base64.b64encode(_openssl("x509", "-in", cert, "-outform", "DER")).decode()


def _serial(cert):
    return int(_openssl("x509", "-in", cert, "-noout", "-serial").decode().strip().split("=")[1], 16)


def _hex(cert):
    return _openssl("x509", "-in", cert, "-noout", "-serial").decode().strip().split("=")[1].lower()


def _openssl(*words, data=None):
    done = subprocess.run(["openssl", *words], input=data, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout
