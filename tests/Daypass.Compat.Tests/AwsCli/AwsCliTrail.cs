using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Daypass.Compat.Tests.Harness;
using Daypass.Testing;

namespace Daypass.Compat.Tests;

/// <summary>
/// A trail that was exported to a bucket, validated by <c>aws cloudtrail validate-logs</c>; and the same trail in a folder, by
/// <c>daypass trail verify</c>. What is wrong, both find.
/// </summary>
public sealed class AwsCliTrail(World world) : IClassFixture<World>
{
    private const string Bucket = "daypass-trail";
    private static readonly string[] Damaged = ["a changed byte", "a removed event", "a reordered pair", "a removed log file", "a changed digest", "a removed digest"];

    public static IEnumerable<object[]> Damages => Tool.GenerationsOf(Tool.AwsCli).SelectMany(generation => Damaged.Select(damage => new object[] { generation, damage }));

    [NeedsTheory(Tool.AwsCli), EachGeneration(Tool.AwsCli)]
    public async Task An_exported_trail_is_valid(string generation)
    {
        var folder = await ExportAsync();
        var finished = await ValidateAsync(generation);
        Assert.True(finished.ExitCode == 0, finished.ToString());
        Assert.Contains("3/3 digest files valid", finished.Output, StringComparison.Ordinal);
        Assert.Contains("3/3 log files valid", finished.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("INVALID", finished.Output + finished.Errors, StringComparison.Ordinal);
        var ours = await VerifyAsync(folder);
        Assert.True(ours.ExitCode == 0 && ours.Output.Contains(" 0 findings", StringComparison.Ordinal), ours.ToString());
    }

    [NeedsTheory(Tool.AwsCli), MemberData(nameof(Damages))]
    public async Task What_was_done_to_an_exported_trail_is_found(string generation, string damage)
    {
        var folder = await ExportAsync();
        var digests = Files(folder, "CloudTrail-Digest");
        // The log file of the second digest, which has the four users.
        var second = JsonNode.Parse(Open(Path.Combine(folder, digests[1])))!;
        var log = second["logFiles"]![0]!["s3Object"]!.ToString();
        var (name, content, theirs, ours) = damage switch
        {
            "a changed byte" => (log, Zip(Open(Path.Combine(folder, log)).Replace("user-2", "user-9", StringComparison.Ordinal)), "INVALID: hash value doesn't match", " changed"),
            "a removed event" => (log, Records(folder, log, records => records.RemoveAt(1)), "INVALID: hash value doesn't match", "1 record removed at record 2"),
            "a reordered pair" => (log, Records(folder, log, Swap), "INVALID: hash value doesn't match", "records 1 to 2 of "),
            "a removed log file" => (log, null, "INVALID: not found", "the log file is missing"),
            "a changed digest" => (digests[1], Zip(second.ToJsonString().Replace("\"111122223333\"", "\"999988887777\"", StringComparison.Ordinal)), "INVALID: signature verification failed", "the signature does not hold"),
            _ => (digests[1], null, "INVALID: not found", "this digest is missing between"),
        };
        var original = await File.ReadAllBytesAsync(Path.Combine(folder, name));
        await PutAsync(folder, name, content);
        var finished = await ValidateAsync(generation);
        var own = await VerifyAsync(folder);
        await PutAsync(folder, name, original);
        Assert.True(finished.ExitCode == 1 && finished.Errors.Contains($"s3://{Bucket}/{name}\t{theirs}", StringComparison.Ordinal), finished.ToString());
        Assert.True(own.ExitCode == 1 && own.Output.Contains(name, StringComparison.Ordinal) && own.Output.Contains(ours, StringComparison.Ordinal), own.ToString());
    }

    // Three digests with a log file each; all of this class share them, and leave them as they were.
    private async Task<string> ExportAsync()
    {
        var folder = Path.Combine(world.Home, "export");
        if (Directory.Exists(folder))
            return folder;
        var administrator = world.Aws(Tool.GenerationsOf(Tool.AwsCli).First(), world.Administrator);
        await administrator.BucketsAsync($"s3 mb s3://{Bucket}");
        await world.Server.Administrator.DaypassAsync("SealTrail");
        for (var user = 1; user <= 4; user++)
            await world.AdministerAsync("CreateUser", ("UserName", string.Create(CultureInfo.InvariantCulture, $"user-{user}")));
        await world.Server.Administrator.DaypassAsync("SealTrail");
        await world.Server.Administrator.DaypassAsync("SealTrail");
        foreach (var to in (string[])[folder, $"s3://{Bucket}"])
        {
            var finished = await ClientAsync("trail", "export", "--as-sealed", "--to", to);
            Assert.True(finished.ExitCode == 0 && finished.Output.Contains("Exported 3 digests and 3 log files", StringComparison.Ordinal), finished.ToString());
        }
        return folder;
    }

    private async Task<Finished> ValidateAsync(string generation)
    {
        var environment = world.Administrator.ToEnvironment();
        environment["AWS_ENDPOINT_URL_S3"] = (await world.BucketsAsync()).Endpoint.ToString();
        environment["PYTHONDONTWRITEBYTECODE"] = "1";
        var start = TimeProvider.System.GetUtcNow().AddDays(-1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        string[] words = ["--endpoint-url", world.Server.Endpoint.ToString(), "cloudtrail", "validate-logs", "--trail-arn", $"arn:aws:cloudtrail:us-east-1:{DaypassServer.Account}:trail/daypass", "--start-time", start, "--verbose"];
        var program = Tool.Program(Tool.AwsCli, generation);
        // The generation of the operating system does not know the variable yet.
        return program == "/usr/bin/aws"
            ? await External.RunAsync("/usr/bin/python3", [Path.Combine(Tool.ScriptFolder("python"), "aws_at.py"), .. words], environment, world.Folder("home"))
            : await External.RunAsync(program, words, environment, world.Folder("home"));
    }

    private Task<Finished> VerifyAsync(string folder) => ClientAsync("trail", "verify", folder, "--public-keys", Path.Combine(folder, "public-keys.json"));

    private async Task<Finished> ClientAsync(params string[] words)
    {
        var environment = world.Administrator.ToEnvironment();
        environment["DAYPASS_ENDPOINT_URL"] = world.Server.Endpoint.ToString();
        environment["AWS_ENDPOINT_URL_S3"] = (await world.BucketsAsync()).Endpoint.ToString();
        return await External.RunAsync("dotnet", [Checkout.ClientProgram, .. words], environment, world.Folder("home"));
    }

    // In the folder and in the bucket; null takes it away.
    private async Task PutAsync(string folder, string name, byte[]? content)
    {
        var (path, administrator) = (Path.Combine(folder, name), world.Aws(Tool.GenerationsOf(Tool.AwsCli).First(), world.Administrator));
        File.Delete(path);
        if (content is null)
        {
            await administrator.BucketsAsync($"s3api delete-object --bucket {Bucket} --key {name}");
            return;
        }
        await File.WriteAllBytesAsync(path, content);
        var signature = File.Exists(path + ".signature") ? $" --metadata signature={(await File.ReadAllTextAsync(path + ".signature")).Trim()},signature-algorithm=SHA256withRSA" : "";
        await administrator.BucketsAsync($"s3api put-object --bucket {Bucket} --key {name} --body {path}{signature}");
    }

    private static string[] Files(string folder, string kind) =>
        [.. Directory.EnumerateFiles(Path.Combine(folder, "AWSLogs", DaypassServer.Account, kind), "*.json.gz", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder, path)).Order(StringComparer.Ordinal)];

    private static byte[] Records(string folder, string log, Action<List<string>> change)
    {
        var text = Open(Path.Combine(folder, log));
        // By their own beginnings, so that all that stays is as it was.
        var records = text["{\"Records\":[".Length..^"]}".Length].Split(",{\"eventVersion\"").Select((record, i) => i == 0 ? record : "{\"eventVersion\"" + record).ToList();
        change(records);
        return Zip($"{{\"Records\":[{string.Join(',', records)}]}}");
    }

    private static void Swap(List<string> records) => (records[0], records[1]) = (records[1], records[0]);

    private static string Open(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        return reader.ReadToEnd();
    }

    private static byte[] Zip(string content)
    {
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionMode.Compress))
            gzip.Write(Encoding.UTF8.GetBytes(content));
        return zipped.ToArray();
    }
}
