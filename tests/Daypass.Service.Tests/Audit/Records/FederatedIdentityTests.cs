using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Daypass.Service.Audit;
using Daypass.Service.Pipeline;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Audit.Records;

/// <summary>How the trail names those whom an identity provider outside vouches for.</summary>
public sealed class FederatedIdentityTests
{
    private const string Provider = "arn:aws:iam::123456789012:oidc-provider/idp.example.com";
    private readonly ActionBench _bench = new();

    [Fact]
    public void The_bearer_of_a_token_is_named_by_provider_audience_and_subject() => Equal(
        """{"type":"WebIdentityUser","principalId":"arn:aws:iam::123456789012:oidc-provider/idp.example.com:app-1:user-7","userName":"user-7","identityProvider":"arn:aws:iam::123456789012:oidc-provider/idp.example.com"}""",
        IdentityOf(Exchanging(FederatedIdentity.OfWebIdentity(Provider, "app-1", "user-7"))));

    [Fact]
    public void The_bearer_of_an_assertion_is_named_by_name_qualifier_and_subject() => Equal(
        """{"type":"SAMLUser","principalId":"nameQualifierEXAMPLE=:alice@example.com","userName":"alice@example.com","identityProvider":"nameQualifierEXAMPLE="}""",
        IdentityOf(Exchanging(FederatedIdentity.OfSaml("nameQualifierEXAMPLE=", "alice@example.com"))));

    [Fact]
    public void LookupEvents_finds_both_by_their_subject()
    {
        Assert.Equal("user-7", AuditIdentity.UsernameOf(Exchanging(FederatedIdentity.OfWebIdentity(Provider, "app-1", "user-7")), ActionBench.HomeAccount));
        Assert.Equal("alice", AuditIdentity.UsernameOf(Exchanging(FederatedIdentity.OfSaml("q", "alice")), ActionBench.HomeAccount));
    }

    [Fact]
    public void A_name_as_long_as_a_token_is_cut()
    {
        var identity = IdentityOf(Exchanging(FederatedIdentity.OfWebIdentity(Provider, "app-1", new string('\u00e9', 5000))));
        Assert.Equal(1024, Encoding.UTF8.GetByteCount(identity["userName"]!.GetValue<string>()));
        Assert.InRange(Encoding.UTF8.GetByteCount(identity["principalId"]!.GetValue<string>()), 1023, 1024);
    }

    [Fact]
    public void A_session_given_to_a_web_identity_says_so_at_every_call()
    {
        var caller = _bench.Caller with { WebIdentity = new WebIdFederationData(Provider, [KeyValuePair.Create("sub", "user-7")]), Session = AuditCalls.Session(_bench) };
        Equal("""{"federatedProvider":"arn:aws:iam::123456789012:oidc-provider/idp.example.com","attributes":{"sub":"user-7"}}""", IdentityOf(caller)["sessionContext"]!["webIdFederationData"]!);
    }

    [Fact]
    public void What_the_assertion_brought_stands_with_what_the_call_passed_and_how_the_provider_was_told_beside_it()
    {
        var federated = FederatedIdentity.OfSaml("q", "alice") with
        {
            AssertionId = "_c0046cEXAMPLE", PrincipalTags = [KeyValuePair.Create("Team", "blue")], TransitiveTagKeys = ["Team"], VerificationMethod = "IAMTrustStore",
        };
        var record = AuditCalls.Record(_bench, Exchanging(federated), "AssumeRole", ("RoleArn", "arn:aws:iam::123456789012:role/r"));
        Equal(
            """{"roleArn":"arn:aws:iam::123456789012:role/r","sAMLAssertionID":"_c0046cEXAMPLE","principalTags":{"Team":"blue"},"transitiveTagKeys":["Team"]}""",
            record["requestParameters"]!);
        Equal("""{"identityProviderConnectionVerificationMethod":"IAMTrustStore"}""", record["additionalEventData"]!);
    }

    private Caller Exchanging(FederatedIdentity identity) => _bench.Caller with { Federated = identity, AccessKeyId = "" };

    private static JsonNode IdentityOf(Caller caller)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = LimitedJson.Encoder }))
        {
            json.WriteStartObject();
            AuditIdentity.Write(json, caller, ActionBench.HomeAccount);
            json.WriteEndObject();
        }
        return JsonNode.Parse(buffer.ToArray())!["userIdentity"]!;
    }

    private static void Equal(string expected, JsonNode actual) => Assert.Equal(JsonNode.Parse(expected)!.ToJsonString(), actual.ToJsonString());
}
