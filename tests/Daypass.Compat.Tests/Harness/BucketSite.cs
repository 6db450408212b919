using Daypass.Testing;

namespace Daypass.Compat.Tests.Harness;

/// <summary>The sample bucket service as a process of its own, registered at a server, with keys that may do nothing but acquire leases and report.</summary>
public sealed class BucketSite : IAsyncDisposable
{
    private readonly ChildProgram _program;

    private BucketSite(ChildProgram program, Uri endpoint)
    {
        _program = program;
        Endpoint = endpoint;
    }

    public Uri Endpoint { get; }

    public string Output => _program.Output;

    public static async Task<BucketSite> StartAsync(World world)
    {
        var (_, keys) = await world.CreateUserAsync("bucket-service");
        await world.AdministerAsync("PutUserPolicy", ("UserName", "bucket-service"), ("PolicyName", "leases"), ("PolicyDocument", Documents.Allow(["daypass:AcquireLeases", "daypass:ReportEvents"], ["*"])));
        var registered = await world.Server.Administrator.DaypassAsync("RegisterService", ("Name", "s3"), ("Region", "us-east-1"));
        Assert.True(registered.Status == System.Net.HttpStatusCode.OK, registered.Body);
        var folder = world.Folder("bucket-site");
        var credentials = Path.Combine(folder, "credentials");
        await File.WriteAllTextAsync(credentials, $"[default]\naws_access_key_id = {keys.AccessKeyId}\naws_secret_access_key = {keys.Secret}\n");
        File.SetUnixFileMode(credentials, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var program = ChildProgram.Start(
            Checkout.BucketProgram,
            ["--daypass", world.Server.Endpoint.ToString(), "--credentials", credentials, "--data-dir", Path.Combine(folder, "buckets"), "--urls", "http://127.0.0.1:0"]);
        const string Ready = "Now listening on: ";
        var line = await program.WaitForAsync(Ready, TimeSpan.FromMinutes(3));
        return new BucketSite(program, new Uri(line.Split(Ready)[1].Trim()));
    }

    public ValueTask DisposeAsync() => _program.DisposeAsync();
}
