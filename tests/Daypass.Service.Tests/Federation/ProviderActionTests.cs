using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Daypass.Service.Pipeline;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Federation;

/// <summary>What may be registered, and how it is changed.</summary>
public class ProviderActionTests
{
    private const string Arn = "arn:aws:iam::123456789012:oidc-provider/idp.example.com";
    private readonly ActionBench _bench = new();

    [Theory]
    [InlineData("https://idp.example.com")]
    [InlineData("https://idp.example.com/tenants/42/v2.0")]
    [InlineData("https://idp.example.com/")]
    [InlineData("https://idp.example.com:8443/realms/acme")]
    [InlineData("https://IDP.example.com")]
    [InlineData("https://kubernetes.default.svc.cluster.local")]
    [InlineData("https://8.8.8.8")]
    public void An_https_url_can_be_registered(string url) =>
        Assert.Equal("arn:aws:iam::123456789012:oidc-provider/" + url["https://".Length..], (string?)_bench.Call("CreateOpenIDConnectProvider", ("Url", url))["OpenIDConnectProviderArn"]);

    public static TheoryData<string> BadUrls =>
    [
        "http://idp.example.com", "idp.example.com", "HTTPS://idp.example.com", "ftp://idp.example.com", "https://", "https:///path", "https://idp.example.com?x=1", "https://idp.example.com#x",
        "https://user@idp.example.com", "https://user:pw@idp.example.com", "https://idp.example.com/../x", "https://idp.example.com/a//b", "https://idp.example.com/a/./b", "https://idp.example.com/%2e%2e/x",
        "https://idp.example.com\\x", "https://idp.example.com/a b", "https://idp.example.com:0", "https://idp.example.com:99999", "https://idp.example.com:", "https://idp.example.com:08443", "https://idp.example.com\n",
        "https://\u0456dp.example.com", "https://aws", "https://sts", "https://localhost", "https://LOCALHOST:8080", "https://a.localhost", "https://localhost.", "https://127.0.0.1", "https://127.1", "https://2130706433", "https://0x7f.1", "https://0177.0.0.1",
        "https://0/", "https://10.1.2.3", "https://172.16.0.1", "https://192.168.1.1", "https://169.254.169.254", "https://168.63.129.16", "https://100.64.0.1", "https://[::1]", "https://[fe80::1]", "https://[fd00:ec2::254]", "https://[::ffff:127.0.0.1]",
        "https://[fe80::1%eth0]", "https://[fe80::1%25eth0]", "https://0300.0250.0.1", "https://0xa9fea9fe", "https://169.254.169.254.", "https://[::127.0.0.1]", "https://[64:ff9b::7f00:1]", "https://[2002:7f00:1::]", "https://[2001:0:7f00:1::]", "https://[2001:db8::1]", "https://[3fff::1]", "https://[::ffff:169.254.169.254]", "https://[::]", "https://224.0.0.1", "https://255.255.255.255", "https://198.51.100.7",
    ];

    [Theory, MemberData(nameof(BadUrls))]
    public void A_url_that_could_be_read_two_ways_or_leads_inside_is_refused(string url)
    {
        var refused = _bench.Refusal("CreateOpenIDConnectProvider", ("Url", url));
        Assert.Equal(("ValidationError", 400), (refused.Code, refused.Status));
        Assert.StartsWith("Invalid Open ID Connect Provider URL: ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_operator_can_allow_a_private_network_and_no_other()
    {
        _bench.Settings = new ServiceSettings { FederationNetworks = [IPNetwork.Parse("10.0.0.0/8")] };
        _bench.Call("CreateOpenIDConnectProvider", ("Url", "https://10.1.2.3"));
        Assert.Equal("ValidationError", _bench.Refusal("CreateOpenIDConnectProvider", ("Url", "https://127.0.0.1")).Code);
    }

    [Fact]
    public void Limits_and_duplicates_are_refused_with_AWSs_codes()
    {
        Create();
        Assert.Equal("EntityAlreadyExists", _bench.Refusal("CreateOpenIDConnectProvider", ("Url", "https://idp.example.com")).Code);
        Assert.Equal("ValidationError", _bench.Refusal("CreateOpenIDConnectProvider", ("Url", "https://other.example.com/" + new string('p', 255))).Code);
        Assert.Equal("InvalidInput", _bench.Refusal("CreateOpenIDConnectProvider", [("Url", "https://b.example.com"), .. Members("ThumbprintList", 6, _ => new string('a', 40))]).Code);
        Assert.Equal("InvalidInput", _bench.Refusal("CreateOpenIDConnectProvider", ("Url", "https://b.example.com"), ("ThumbprintList.member.1", new string('g', 40))).Code);
        Assert.Equal("ValidationError", _bench.Refusal("CreateOpenIDConnectProvider", ("Url", "https://b.example.com"), ("ThumbprintList.member.1", "abc")).Code);
        Assert.Equal("LimitExceeded", _bench.Refusal("CreateOpenIDConnectProvider", [("Url", "https://b.example.com"), .. Members("ClientIDList", 101, number => $"client{number}")]).Code);
        for (var i = 1; i < 100; i++)
            _bench.Call("CreateOpenIDConnectProvider", ("Url", $"https://idp{i}.example.com"));
        Assert.Equal("LimitExceeded", _bench.Refusal("CreateOpenIDConnectProvider", ("Url", "https://one-more.example.com")).Code);
    }

    [Theory]
    [InlineData("GetOpenIDConnectProvider")]
    [InlineData("ListOpenIDConnectProviderTags")]
    [InlineData("UntagOpenIDConnectProvider", "TagKeys.member.1", "k")]
    [InlineData("AddClientIDToOpenIDConnectProvider", "ClientID", "c")]
    [InlineData("RemoveClientIDFromOpenIDConnectProvider", "ClientID", "c")]
    [InlineData("UpdateOpenIDConnectProviderThumbprint", "ThumbprintList", "")]
    [InlineData("GetOpenIDConnectProviderSettings")]
    [InlineData("PutOpenIDConnectProviderSettings")]
    public void A_provider_that_is_not_there_is_named_in_the_refusal(string action, params string[] parameter)
    {
        (string, string)[] more = parameter.Length == 0 ? [] : [(parameter[0], parameter[1])];
        var refused = _bench.Refusal(action, [("OpenIDConnectProviderArn", Arn), .. more]);
        Assert.Equal(("NoSuchEntity", $"OpenIDConnect Provider not found for arn {Arn}"), (refused.Code, refused.Message));
        Assert.Equal("InvalidInput", _bench.Refusal(action, [("OpenIDConnectProviderArn", "arn:aws:iam::123456789012:role/x"), .. more]).Code);
        Assert.Equal("AccessDenied", _bench.Refusal(action, [("OpenIDConnectProviderArn", "arn:aws:iam::999999999999:oidc-provider/idp.example.com"), .. more]).Code);
    }

    [Fact]
    public void Whoever_may_only_make_providers_may_do_nothing_else_with_them()
    {
        Create();
        _bench.AsHolderOf("iam:CreateOpenIDConnectProvider");
        _bench.Call("CreateOpenIDConnectProvider", ("Url", "https://b.example.com"));
        Assert.Equal("AccessDenied", _bench.Refusal("CreateOpenIDConnectProvider", ("Url", "https://c.example.com"), ("Tags.member.1.Key", "k"), ("Tags.member.1.Value", "v")).Code);
        Assert.Equal("AccessDenied", _bench.Refusal("AddClientIDToOpenIDConnectProvider", ("OpenIDConnectProviderArn", Arn), ("ClientID", "mine")).Code);
        Assert.Equal("AccessDenied", _bench.Refusal("PutOpenIDConnectProviderSettings", ("OpenIDConnectProviderArn", Arn)).Code);
    }

    [Fact]
    public void Settings_beyond_AWSs_are_checked_kept_and_replaced_as_a_whole()
    {
        Create();
        var keys = new TestIssuer().KeySet;
        _bench.Call("PutOpenIDConnectProviderSettings", ("OpenIDConnectProviderArn", Arn), ("JsonWebKeySet", keys), ("CertificateAuthorities", Root(true)), ("SessionsEndWithToken", "true"));
        var settings = _bench.Call("GetOpenIDConnectProviderSettings", ("OpenIDConnectProviderArn", Arn));
        Assert.Equal((keys, true), ((string?)settings["JsonWebKeySet"], (bool)settings["SessionsEndWithToken"]!));
        Assert.Contains("BEGIN CERTIFICATE", (string?)settings["CertificateAuthorities"], StringComparison.Ordinal);
        _bench.Call("PutOpenIDConnectProviderSettings", ("OpenIDConnectProviderArn", Arn));
        settings = _bench.Call("GetOpenIDConnectProviderSettings", ("OpenIDConnectProviderArn", Arn));
        Assert.Null(settings["JsonWebKeySet"]);
        Assert.False((bool)settings["SessionsEndWithToken"]!);
    }

    public static TheoryData<string, string> BadSettings => new()
    {
        { "JsonWebKeySet", "{}" },
        { "JsonWebKeySet", """{"keys":[]}""" },
        { "JsonWebKeySet", """{"keys":[{"kty":"oct","k":"AAAA"}]}""" },
        { "JsonWebKeySet", """{"keys":[{"kty":"RSA","n":"AQAB","e":"AQAB","kid":"weak"}]}""" },
        { "JsonWebKeySet", """{"keys":[{"kty":"RSA","n":"AQAB","e":"AQAB","d":"AQAB"}]}""" },
        { "CertificateAuthorities", "no certificate" },
        { "CertificateAuthorities", Root(false) },
    };

    [Theory, MemberData(nameof(BadSettings))]
    public void Keys_and_authorities_that_could_vouch_for_nobody_are_refused(string parameter, string value)
    {
        Create();
        Assert.Equal("InvalidInput", _bench.Refusal("PutOpenIDConnectProviderSettings", ("OpenIDConnectProviderArn", Arn), (parameter, value)).Code);
    }

    [Theory]
    [InlineData("""{"StringEquals":{"token.actions.githubusercontent.com:aud":"sts.amazonaws.com"}}""", false)]
    [InlineData("{}", false)]
    [InlineData("""{"StringLike":{"token.actions.githubusercontent.com:sub":"*"}}""", false)]
    [InlineData("""{"StringLike":{"token.actions.githubusercontent.com:sub":"repo:*"}}""", false)]
    [InlineData("""{"StringLike":{"token.actions.githubusercontent.com:sub":"repo:acme*"}}""", false)]
    [InlineData("""{"StringLike":{"token.actions.githubusercontent.com:sub":["repo:acme/app:*","repo:*"]}}""", false)]
    [InlineData("""{"StringNotEquals":{"token.actions.githubusercontent.com:sub":"repo:evil/app"}}""", false)]
    [InlineData("""{"StringLikeIfExists":{"token.actions.githubusercontent.com:sub":"repo:acme/*"}}""", false)]
    [InlineData("""{"ForAllValues:StringLike":{"token.actions.githubusercontent.com:sub":"repo:acme/*"}}""", false)]
    [InlineData("""{"StringEquals":{"gitlab.com:sub":"project_path:acme/app:ref_type:branch:ref:main"}}""", false)]
    [InlineData("""{"StringEquals":{"token.actions.githubusercontent.com:sub":"${token.actions.githubusercontent.com:sub}"}}""", false)]
    [InlineData("""{"NumericGreaterThan":{"token.actions.githubusercontent.com:repository_owner_id":"0"}}""", false)]
    [InlineData("""{"Null":{"token.actions.githubusercontent.com:sub":"false"}}""", false)]
    [InlineData("""{"StringLike":{"TOKEN.actions.githubusercontent.com:SUB":"repo:acme/*"}}""", true)]
    [InlineData("""{"StringLike":{"token.actions.githubusercontent.com:sub":"repo:acme/*"}}""", true)]
    [InlineData("""{"StringEquals":{"token.actions.githubusercontent.com:repository_owner_id":"12345"}}""", true)]
    public void A_trust_policy_for_an_issuer_that_all_share_must_say_whose_tokens(string condition, bool isTaken)
    {
        var trust = $$"""
            {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sts:AssumeRoleWithWebIdentity","Condition":{{condition}},
             "Principal":{"Federated":"arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"} } }
            """;
        if (isTaken)
        {
            _bench.Call("CreateRole", ("RoleName", "deploy"), ("AssumeRolePolicyDocument", trust));
            return;
        }
        var refused = _bench.Refusal("CreateRole", ("RoleName", "deploy"), ("AssumeRolePolicyDocument", trust));
        Assert.Equal("MalformedPolicyDocument", refused.Code);
        Assert.Contains("GitHub Actions gives tokens to everybody", refused.Message, StringComparison.Ordinal);
        _bench.Call("CreateRole", ("RoleName", "closed"), ("AssumeRolePolicyDocument", """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":"sts:AssumeRole"}}"""));
        Assert.Equal("MalformedPolicyDocument", _bench.Refusal("UpdateAssumeRolePolicy", ("RoleName", "closed"), ("PolicyDocument", trust)).Code);
    }

    [Theory]
    [InlineData("aud", "sts.amazonaws.com", "this trusts all of them. Add a condition on token.actions.githubusercontent.com:sub")]
    [InlineData("sub", "repo:acme*", "the condition on token.actions.githubusercontent.com:sub fits those of strangers, too. A name must be whole before the first wildcard: 'repo:acme/*'.")]
    public void A_refused_trust_policy_says_what_its_condition_lacks(string claim, string pattern, string reason)
    {
        var trust = $$"""
            {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sts:AssumeRoleWithWebIdentity","Condition":{"StringLike":{"token.actions.githubusercontent.com:{{claim}}":"{{pattern}}"} },
             "Principal":{"Federated":"arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"} } }
            """;
        Assert.Contains(reason, _bench.Refusal("CreateRole", ("RoleName", "deploy"), ("AssumeRolePolicyDocument", trust)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("accounts.google.com")]
    [InlineData("cognito-identity.amazonaws.com")]
    [InlineData("www.amazon.com")]
    [InlineData("graph.facebook.com")]
    [InlineData("idp.example.com")]
    public void A_provider_that_is_not_registered_is_no_principal_and_the_refusal_says_what_to_do(string host)
    {
        var refused = _bench.Refusal("CreateRole", ("RoleName", "deploy"), ("AssumeRolePolicyDocument",
            $$"""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Federated":"{{host}}"},"Action":"sts:AssumeRoleWithWebIdentity","Condition":{"StringEquals":{"{{host}}:aud":"app"} } } }"""));
        Assert.Equal("MalformedPolicyDocument", refused.Code);
        Assert.Contains("register one", refused.Message, StringComparison.Ordinal);
    }

    private void Create() => _bench.Call("CreateOpenIDConnectProvider", ("Url", "https://idp.example.com"));

    private static IEnumerable<(string, string)> Members(string list, int count, Func<int, string> value) => Enumerable.Range(1, count).Select(i => ($"{list}.member.{i}", value(i)));

    private static string Root(bool isAuthority)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Example root", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, false, 0, true));
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(90));
        return certificate.ExportCertificatePem();
    }
}
