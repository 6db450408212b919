using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Daypass.Compat.Tests.Harness;
using Daypass.Testing;

namespace Daypass.Compat.Tests;

/// <summary>What somebody types first at a server of their own: the lines it printed, and the same over https.</summary>
public sealed class AwsCliFirstSteps : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("daypass-compat-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [NeedsTheory(Tool.AwsCli), EachGeneration(Tool.AwsCli)]
    public async Task The_lines_that_the_first_start_prints_work_as_they_are(string generation)
    {
        await using var server = await DaypassServer.StartAsync();
        var lines = server.Output.Split('\n').SkipWhile(line => !line.Contains("With the AWS CLI", StringComparison.Ordinal)).Skip(1).Select(line => line.Trim()).Where(line => line.Length > 0).ToList();
        Assert.StartsWith("export AWS_SHARED_CREDENTIALS_FILE=", lines[0]);
        Assert.True(lines.Count > 1 && lines.Skip(1).All(line => line.StartsWith("aws ", StringComparison.Ordinal)), server.Output);

        // "aws" shall be the generation that is meant, whichever the PATH finds first.
        var path = $"{Path.GetDirectoryName(Tool.Program(Tool.AwsCli, generation))}:{Environment.GetEnvironmentVariable("PATH")}";
        var finished = await External.RunAsync("bash", ["-e", "-c", string.Join('\n', lines)], new Dictionary<string, string> { ["PATH"] = path, ["AWS_PAGER"] = "" }, _folder);

        Assert.True(finished.ExitCode == 0, finished.ToString());
        Assert.Contains($"arn:aws:iam::{DaypassServer.Account}:user/admin", finished.Output);
        Assert.Contains($"arn:aws:iam::{DaypassServer.Account}:user/alice", finished.Output);
    }

    [NeedsTheory(Tool.AwsCli), EachGeneration(Tool.AwsCli)]
    public async Task Over_https_the_certificate_is_checked_and_the_trail_says_how_it_was_carried(string generation)
    {
        var certificate = MakeCertificate();
        await using var server = await DaypassServer.StartAsync("--urls", "https://127.0.0.1:0", "--certificate", certificate);
        var program = Tool.Program(Tool.AwsCli, generation);
        var environment = new Keys(DaypassServer.AccessKeyId, DaypassServer.Secret).ToEnvironment();
        string[] endpoint = ["--endpoint-url", server.Endpoint.ToString(), "--output", "json"];

        Assert.Contains("SSL validation failed", (await External.RunAsync(program, [.. endpoint, "sts", "get-caller-identity"], environment, _folder)).Errors);
        environment["AWS_CA_BUNDLE"] = certificate;
        var identity = await External.RunAsync(program, [.. endpoint, "sts", "get-caller-identity"], environment, _folder);
        Assert.True(identity.ExitCode == 0, identity.ToString());
        var trail = await External.RunAsync(program, [.. endpoint, "cloudtrail", "lookup-events", "--max-items", "1"], environment, _folder);
        var record = JsonDocument.Parse(JsonDocument.Parse(trail.Output).RootElement.GetProperty("Events")[0].GetProperty("CloudTrailEvent").GetString()!).RootElement;
        var tls = record.GetProperty("tlsDetails");
        Assert.StartsWith("TLSv1.", tls.GetProperty("tlsVersion").GetString());
        Assert.Contains("-GCM-", tls.GetProperty("cipherSuite").GetString()!.Replace('_', '-'));
        Assert.Equal(server.Endpoint.Authority, tls.GetProperty("clientProvidedHostHeader").GetString());
    }

    private string MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=daypass.example.com", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddDays(1));
        var file = Path.Combine(_folder, "certificate.pem");
        File.WriteAllText(file, certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return file;
    }
}
