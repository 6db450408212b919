using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Daypass.Compat.Tests.Harness;
using Daypass.Testing;

namespace Daypass.Compat.Tests;

/// <summary>A machine that has a certificate and no key: Daypass's client as <c>credential_process</c> of the stock AWS CLI, which sets it all up, too.</summary>
public sealed class AwsCliAnywhere(World world) : IClassFixture<World>
{
    private const string Trust = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"rolesanywhere.amazonaws.com"},"Action":["sts:AssumeRole","sts:TagSession","sts:SetSourceIdentity"]}}""";

    [NeedsTheory(Tool.AwsCli), EachGeneration(Tool.AwsCli)]
    public async Task A_profile_gets_its_credentials_by_certificate(string generation)
    {
        var home = world.Folder("home");
        using var key = RSA.Create(2048);
        var serial = WriteCertificates(home, key);
        var role = await world.CreateRoleAsync(world.Unique("web"), Trust, Documents.Allow("iam:ListUsers", "*"));
        var source = JsonSerializer.Serialize(new { sourceType = "CERTIFICATE_BUNDLE", sourceData = new { x509CertificateData = await File.ReadAllTextAsync(Path.Combine(home, "ca.pem")) } });
        var anchor = await AdministerAsync(generation, home, "create-trust-anchor", "--name", "corp", "--enabled", "--source", source, "--query", "trustAnchor.trustAnchorArn");
        var profile = await AdministerAsync(generation, home, "create-profile", "--name", "web", "--enabled", "--role-arns", role, "--query", "profile.profileArn");

        Directory.CreateDirectory(Path.Combine(home, ".aws"));
        await File.WriteAllTextAsync(Path.Combine(home, ".aws/config"),
            $"[profile web]\nregion = us-east-1\ncredential_process = dotnet {Checkout.ClientProgram} credential-process --endpoint-url {world.Server.Endpoint} --certificate {home}/web.pem --private-key {home}/web.key --trust-anchor-arn {anchor} --profile-arn {profile} --role-arn {role} --session-duration 15m\n");
        var whoami = await RunAsync(generation, home, [], "--profile", "web", "sts", "get-caller-identity", "--query", "Arn", "--output", "text");
        Assert.Equal($"{role.Replace(":iam:", ":sts:", StringComparison.Ordinal).Replace(":role/", ":assumed-role/", StringComparison.Ordinal)}/{serial}", whoami);
        await RunAsync(generation, home, [], "--profile", "web", "iam", "list-users");

        // What the certificate comes to is said without its key, and by the exit code.
        File.Delete(Path.Combine(home, "web.key"));
        var explained = await ExplainAsync(home, role);
        Assert.True(explained.ExitCode == 0 && explained.Output.EndsWith("It would be accepted.", StringComparison.Ordinal), explained.ToString());
        await AdministerAsync(generation, home, "disable-profile", "--profile-id", profile.Split('/')[^1]);
        explained = await ExplainAsync(home, role);
        Assert.True(explained.ExitCode == 1 && explained.Output.Contains("The profile is disabled.", StringComparison.Ordinal), explained.ToString());
    }

    private Task<Finished> ExplainAsync(string home, string role) => External.RunAsync("dotnet",
        [Checkout.ClientProgram, "federation", "explain", "--certificate", Path.Combine(home, "web.pem"), "--role-arn", role, "--endpoint-url", world.Server.Endpoint.ToString()], world.Administrator.ToEnvironment(), home);

    private static string WriteCertificates(string folder, RSA key)
    {
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authority = new CertificateRequest("CN=Workload CA", authorityKey, HashAlgorithmName.SHA256);
        authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var root = authority.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(9));
        var workload = new CertificateRequest("CN=web-1.example.com", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        workload.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        var generator = X509SignatureGenerator.CreateForECDsa(authorityKey);
        using var leaf = workload.Create(root.SubjectName, generator, TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(8), [0x4A, 0x11]);
        File.WriteAllText(Path.Combine(folder, "ca.pem"), root.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "web.pem"), leaf.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "web.key"), key.ExportPkcs8PrivateKeyPem());
        return leaf.SerialNumber.ToLowerInvariant();
    }

    private Task<string> AdministerAsync(string generation, string home, params string[] words) =>
        RunAsync(generation, home, world.Administrator.ToEnvironment(), ["rolesanywhere", .. words, "--output", "text"]);

    private async Task<string> RunAsync(string generation, string home, Dictionary<string, string> environment, params string[] words)
    {
        var all = new Dictionary<string, string>(environment) { ["AWS_DEFAULT_REGION"] = "us-east-1", ["AWS_EC2_METADATA_DISABLED"] = "true", ["AWS_PAGER"] = "" };
        var finished = await External.RunAsync(Tool.Program(Tool.AwsCli, generation), ["--endpoint-url", world.Server.Endpoint.ToString(), .. words], all, home);
        Assert.True(finished.ExitCode == 0, finished.ToString());
        return finished.Output;
    }
}
