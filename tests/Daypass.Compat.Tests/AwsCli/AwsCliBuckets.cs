using Daypass.Compat.Tests.Harness;
using Daypass.Testing;

namespace Daypass.Compat.Tests;

/// <summary>What a session is for: <c>aws s3</c> at a service that Daypass protects, exactly as far as policies allow.</summary>
public sealed class AwsCliBuckets(World world) : IClassFixture<World>
{
    [NeedsTheory(Tool.AwsCli), EachGeneration(Tool.AwsCli)]
    public async Task A_reader_reads_the_logs_and_may_neither_write_nor_remove_them(string generation)
    {
        var (bucket, reader, sessionArn) = await LogsAndTheirReaderAsync(generation);
        var folder = world.Folder("reader");

        Assert.EndsWith(" monday.log", await reader.BucketsAsync($"s3 ls s3://{bucket}/"));
        await reader.BucketsAsync($"s3 cp s3://{bucket}/monday.log {folder}/copy.log");
        Assert.Equal("transactions of monday", await File.ReadAllTextAsync($"{folder}/copy.log"));
        Assert.Contains(
            $"An error occurred (AccessDenied) when calling the PutObject operation: User: {sessionArn} is not authorized to perform: s3:PutObject on resource: \"arn:aws:s3:::{bucket}/monday.log\" "
            + "because no identity-based policy allows the s3:PutObject action",
            Denial.Sentence(await reader.BucketRefusalAsync($"s3 cp {folder}/copy.log s3://{bucket}/monday.log")));
        Assert.Contains("because no identity-based policy allows the s3:DeleteObject action", await reader.BucketRefusalAsync($"s3 rm s3://{bucket}/monday.log"));
        Assert.EndsWith(" monday.log", await reader.BucketsAsync($"s3 ls s3://{bucket}/"));
    }

    [NeedsTheory(Tool.AwsCli), EachGeneration(Tool.AwsCli)]
    public async Task What_the_reader_did_is_in_the_trail_under_the_sessions_name(string generation)
    {
        var (bucket, reader, sessionArn) = await LogsAndTheirReaderAsync(generation);
        await reader.BucketsAsync($"s3 cp s3://{bucket}/monday.log {world.Folder("read")}/copy.log");
        var lookup = $"cloudtrail lookup-events --lookup-attributes AttributeKey=ResourceName,AttributeValue=arn:aws:s3:::{bucket}/monday.log --output text --query Events[].CloudTrailEvent";
        var found = "";
        // Events arrive when the service next sends.
        for (var tries = 0; tries < 60 && !found.Contains(sessionArn, StringComparison.Ordinal); tries++)
            found = (await Administrator(generation).RunAsync(lookup)).Output;
        Assert.Contains($"\"arn\":\"{sessionArn}\"", found);
        Assert.Contains("\"eventName\":\"GetObject\"", found);
        Assert.Contains("\"eventCategory\":\"Data\"", found);
    }

    [NeedsTheory(Tool.AwsCli), EachGeneration(Tool.AwsCli)]
    public async Task A_session_policy_narrows_what_the_reader_may_read(string generation)
    {
        var bucket = await LogsAsync(generation);
        var (alice, role) = await AliceAndHerRoleAsync(generation, bucket);
        var reader = await alice.AssumeAsync(role, "narrow", "--policy", Documents.Allow("s3:ListBucket", "*"));

        await reader.BucketsAsync($"s3 ls s3://{bucket}/");
        Assert.Contains(
            "because no session policy allows the s3:GetObject action", await reader.BucketRefusalAsync($"s3api get-object --bucket {bucket} --key monday.log {world.Folder("narrow")}/copy"));
    }

    [NeedsTheory(Tool.AwsCli), EachGeneration(Tool.AwsCli)]
    public async Task A_session_that_has_ended_is_refused_as_expired(string generation)
    {
        var (bucket, reader, _) = await LogsAndTheirReaderAsync(generation);
        await reader.BucketsAsync($"s3 ls s3://{bucket}/");

        await world.AdvanceClockAsync(TimeSpan.FromSeconds(3601));

        // The service learns of a moved clock when it next renews what it holds: within five seconds, as of any change (a slow machine gets twice that).
        var refusal = await EventuallyRefusedAsync(reader, $"s3 ls s3://{bucket}/");
        Assert.Contains("An error occurred (ExpiredToken) when calling the ListObjectsV2 operation: The provided token has expired.", refusal);
    }

    [NeedsTheory(Tool.AwsCli), EachGeneration(Tool.AwsCli)]
    public async Task A_session_that_is_revoked_is_told_so_by_Daypass_at_once_and_by_the_service_soon(string generation)
    {
        var (bucket, reader, sessionArn) = await LogsAndTheirReaderAsync(generation);
        await reader.BucketsAsync($"s3 ls s3://{bucket}/");
        var role = sessionArn.Split('/')[1];
        var reply = await world.Server.Administrator.DaypassAsync("RevokeSessions", ("PrincipalArn", $"arn:aws:iam::{DaypassServer.Account}:role/{role}"));
        Assert.True(reply.Status == System.Net.HttpStatusCode.OK, reply.Body);

        Assert.Contains(
            "An error occurred (ExpiredToken) when calling the GetCallerIdentity operation: The security token included in the request is expired: it was revoked at 20",
            await reader.RefusalAsync("sts get-caller-identity"));
        Assert.Contains("An error occurred (ExpiredToken) when calling the ListObjectsV2 operation: ", await EventuallyRefusedAsync(reader, $"s3 ls s3://{bucket}/"));
    }

    [NeedsTheory(Tool.AwsCli), EachGeneration(Tool.AwsCli)]
    public async Task Twenty_megabytes_go_up_in_parts_and_come_back_unchanged(string generation)
    {
        var (administrator, bucket, folder) = (Administrator(generation), world.Unique("large"), world.Folder("large"));
        var content = new byte[20 * 1024 * 1024];
        new Random(8450).NextBytes(content);
        await File.WriteAllBytesAsync($"{folder}/large.bin", content);

        await administrator.BucketsAsync($"s3 mb s3://{bucket}");
        await administrator.BucketsAsync($"s3 cp {folder}/large.bin s3://{bucket}/large.bin");
        await administrator.BucketsAsync($"s3 cp s3://{bucket}/large.bin {folder}/back.bin");

        Assert.Equal(content, await File.ReadAllBytesAsync($"{folder}/back.bin"));
        Assert.Contains("-3\\\"", await administrator.BucketsAsync($"s3api head-object --bucket {bucket} --key large.bin"));
    }

    [NeedsTheory(Tool.AwsCli), EachGeneration(Tool.AwsCli)]
    public async Task A_folder_is_synchronised_whatever_its_files_are_called(string generation)
    {
        var (administrator, bucket, folder) = (Administrator(generation), world.Unique("folder"), world.Folder("sync"));
        string[] names = ["plain.txt", "with space.txt", "plus+percent%25.txt", "ünïcödé/ключ.txt", "a=b&c;d.txt"];
        Directory.CreateDirectory($"{folder}/ünïcödé");
        foreach (var name in names)
            await File.WriteAllTextAsync($"{folder}/{name}", name);

        await administrator.BucketsAsync($"s3 mb s3://{bucket}");
        await administrator.BucketsAsync($"s3 sync {folder} s3://{bucket}/");
        Assert.Equal("", await administrator.BucketsAsync($"s3 sync {folder} s3://{bucket}/"));
        var back = world.Folder("back");
        await administrator.BucketsAsync($"s3 sync s3://{bucket}/ {back}");

        foreach (var name in names)
            Assert.Equal(name, await File.ReadAllTextAsync($"{back}/{name}"));
        await administrator.BucketsAsync($"s3 rm s3://{bucket}/ --recursive");
        await administrator.BucketsAsync($"s3 rb s3://{bucket}");
        Assert.Contains("NoSuchBucket", await administrator.BucketRefusalAsync($"s3 ls s3://{bucket}/"));
    }

    [NeedsTheory(Tool.AwsCli), EachGeneration(Tool.AwsCli)]
    public async Task A_link_made_at_the_terminal_reads_for_anyone_until_it_is_changed(string generation)
    {
        var (bucket, reader, _) = await LogsAndTheirReaderAsync(generation);
        var link = await reader.BucketsAsync($"s3 presign s3://{bucket}/monday.log");
        using var http = new HttpClient();

        Assert.Equal("transactions of monday", await http.GetStringAsync(new Uri(link)));
        using var changed = await http.GetAsync(new Uri(link.Replace("monday", "sunday", StringComparison.Ordinal)));
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, changed.StatusCode);
        Assert.Contains("<Code>SignatureDoesNotMatch</Code>", await changed.Content.ReadAsStringAsync());
    }

    private AwsCli Administrator(string generation) => world.Aws(generation, world.Administrator);

    private async Task<string> LogsAsync(string generation)
    {
        var bucket = world.Unique("logs");
        var file = Path.Combine(world.Folder("logs"), "monday.log");
        await File.WriteAllTextAsync(file, "transactions of monday");
        await Administrator(generation).BucketsAsync($"s3 mb s3://{bucket}");
        await Administrator(generation).BucketsAsync($"s3 cp {file} s3://{bucket}/");
        return bucket;
    }

    private async Task<(AwsCli Alice, string RoleArn)> AliceAndHerRoleAsync(string generation, string bucket)
    {
        var (arn, keys) = await world.CreateUserAsync(world.Unique("alice"));
        var rights = Documents.Allow(["s3:GetObject", "s3:ListBucket"], [$"arn:aws:s3:::{bucket}", $"arn:aws:s3:::{bucket}/*"]);
        return (world.Aws(generation, keys), await world.CreateRoleAsync(world.Unique("LogReader"), Documents.Trust(arn), rights));
    }

    private async Task<(string Bucket, AwsCli Reader, string SessionArn)> LogsAndTheirReaderAsync(string generation)
    {
        var bucket = await LogsAsync(generation);
        var (alice, role) = await AliceAndHerRoleAsync(generation, bucket);
        return (bucket, await alice.AssumeAsync(role, "tuesday"), $"arn:aws:sts::{DaypassServer.Account}:assumed-role/{role[(role.LastIndexOf('/') + 1)..]}/tuesday");
    }

    private async Task<string> EventuallyRefusedAsync(AwsCli who, string line)
    {
        var buckets = await world.BucketsAsync();
        var began = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(10))
        {
            var finished = await who.RunAsync(buckets.Endpoint, line);
            if (finished.ExitCode != 0)
                return finished.Errors;
            await Task.Delay(250);
        }
        throw new TimeoutException("Ten seconds after the session ended it was still good.");
    }
}
