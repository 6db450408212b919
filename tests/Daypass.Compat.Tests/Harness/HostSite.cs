using Daypass.Testing;

namespace Daypass.Compat.Tests.Harness;

/// <summary>The sample host service as a process of its own, registered at a server, with keys that may ask for verdicts and leases, report, and do nothing else.</summary>
public sealed class HostSite : IAsyncDisposable
{
    private readonly ChildProgram _program;

    private HostSite(ChildProgram program, Uri endpoint)
    {
        _program = program;
        Endpoint = endpoint;
    }

    public Uri Endpoint { get; }

    public string Output => _program.Output;

    public static async Task<HostSite> StartAsync(World world, params string[] options)
    {
        var (_, keys) = await world.CreateUserAsync("host-service");
        await world.AdministerAsync("PutUserPolicy", ("UserName", "host-service"), ("PolicyName", "leases"),
            ("PolicyDocument", Documents.Allow(["daypass:VerifyRequests", "daypass:AcquireLeases", "daypass:ReportEvents"], ["*"])));
        var registered = await world.Server.Administrator.DaypassAsync("RegisterService", ("Name", "uhost"), ("Region", "us-east-1"));
        Assert.True(registered.Status == System.Net.HttpStatusCode.OK, registered.Body);
        var credentials = Path.Combine(world.Folder("host-site"), "credentials");
        await File.WriteAllTextAsync(credentials, $"[default]\naws_access_key_id = {keys.AccessKeyId}\naws_secret_access_key = {keys.Secret}\n");
        File.SetUnixFileMode(credentials, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var program = ChildProgram.Start(
            Checkout.HostProgram, ["--daypass", world.Server.Endpoint.ToString(), "--credentials", credentials, "--urls", "http://127.0.0.1:0", .. options]);
        const string Ready = "Now listening on: ";
        var line = await program.WaitForAsync(Ready, TimeSpan.FromMinutes(3));
        return new HostSite(program, new Uri(line.Split(Ready)[1].Trim()));
    }

    public ValueTask DisposeAsync() => _program.DisposeAsync();
}
