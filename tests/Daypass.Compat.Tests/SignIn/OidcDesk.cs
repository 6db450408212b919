using Daypass.Compat.Tests.Harness;
using Daypass.Testing;

namespace Daypass.Compat.Tests.SignIn;

/// <summary>npm oidc-provider registered here, a role for its people, and a machine of one of them.</summary>
internal static class OidcDesk
{
    /// <param name="world">With the provider.</param>
    /// <param name="generation">Of the AWS CLI.</param>
    /// <param name="client">Whose codes are over at once: hasty.</param>
    public static async Task<(Desk Desk, string[] Options)> PrepareAsync(FederatedWorld world, string generation, string client = "laptop")
    {
        var provider = (await world.WithProviderAsync()).Provider;
        var host = provider.Issuer.Authority;
        await world.Server.Administrator.IamAsync("CreateOpenIDConnectProvider", ("Url", "https://" + host), ("ClientIDList.member.1", "laptop"), ("ClientIDList.member.2", "hasty"), ("ThumbprintList.member.1", provider.Thumbprint));
        var trust = $$"""
            {"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Federated":"arn:aws:iam::{{DaypassServer.Account}}:oidc-provider/{{host}}"},
             "Action":"sts:AssumeRoleWithWebIdentity","Condition":{"StringEquals":{"{{host}}:aud":"laptop","{{host}}:sub":"alice"} } } }
            """;
        var role = await world.CreateRoleAsync(world.Unique("people"), trust, Documents.Allow("iam:ListUsers", "*"));
        // The authority that nobody knows.
        var desk = new Desk(world, generation) { ["SSL_CERT_FILE"] = provider.Certificate };
        return (desk, ["--issuer", "https://" + host, "--client-id", client, "--role-arn", role]);
    }
}
