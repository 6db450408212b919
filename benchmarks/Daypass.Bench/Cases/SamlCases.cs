using Daypass.Bench.Api;
using Daypass.Bench.Servers;

namespace Daypass.Bench.Cases;

/// <summary>A person signs in by SAML: each with an assertion of its own, which is used up for good in the store.</summary>
internal sealed class SamlCases : IDisposable
{
    // Making a response costs its provider an RSA operation, so there are fewer than of other requests.
    private const double Share = 0.02;
    private readonly SamlIssuer _issuer = new();
    private readonly DaypassServer _server;
    private readonly string _provider;
    private readonly string _role;

    private SamlCases(DaypassServer server, string provider, string role) => (_server, _provider, _role) = (server, provider, role);

    public static async Task<SamlCases> RegisterAsync(DaypassServer server)
    {
        var account = ApiClient.ValueOf(await server.Client.StsAsync("GetCallerIdentity"), "Account");
        var cases = new SamlCases(server, $"arn:aws:iam::{account}:saml-provider/bench", $"arn:aws:iam::{account}:role/people");
        await server.Client.IamAsync("CreateSAMLProvider", ("Name", "bench"), ("SAMLMetadataDocument", cases._issuer.Metadata(DateTimeOffset.UtcNow)), ("AddPrivateKey", cases._issuer.RecipientKey));
        var trust = $$"""
            {"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Federated":"{{cases._provider}}"},"Action":["sts:AssumeRoleWithSAML","sts:TagSession"],"Condition":{"StringEquals":{"saml:aud":"https://signin.aws.amazon.com/saml"} } } }
            """;
        await server.Client.IamAsync("CreateRole", ("RoleName", "people"), ("AssumeRolePolicyDocument", trust));
        return cases;
    }

    public LoadCase Signed => Of("AssumeRoleWithSAML, signed assertion", isEncrypted: false);

    public LoadCase Encrypted => Of("AssumeRoleWithSAML, signed and encrypted assertion", isEncrypted: true);

    public void Dispose() => _issuer.Dispose();

    private LoadCase Of(string name, bool isEncrypted) => new(
        name, _server.Process, (first, count) => SignedRequest.Many(first, count, i => Write(isEncrypted ? -1 - i : i, isEncrypted)), _server.DrainAsync, Share);

    private byte[] Write(int number, bool isEncrypted) => SignedRequest.Unsigned(_server.Process.Address, ApiClient.Form(
        "2011-06-15", "AssumeRoleWithSAML",
        ("RoleArn", _role), ("PrincipalArn", _provider), ("SAMLAssertion", _issuer.Response($"{_role},{_provider}", number, isEncrypted, DateTimeOffset.UtcNow))));
}
