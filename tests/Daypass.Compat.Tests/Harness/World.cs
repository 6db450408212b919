using System.Globalization;
using Daypass.Testing;

namespace Daypass.Compat.Tests.Harness;

/// <summary>What the tests of one class share: a server of their own with a movable clock, and an empty home folder for the clients.</summary>
public class World : IAsyncLifetime
{
    private readonly string _home = Directory.CreateTempSubdirectory("daypass-compat-").FullName;
    private readonly SemaphoreSlim _once = new(1);
    private BucketSite? _buckets;
    private int _names;

    public DaypassServer Server { get; private set; } = null!;

    public Keys Administrator { get; } = new(DaypassServer.AccessKeyId, DaypassServer.Secret);

    /// <summary>The server's options.</summary>
    protected virtual string[] Options => ["--movable-clock"];

    public async Task InitializeAsync() => Server = await DaypassServer.StartAsync(Options);

    public virtual async Task DisposeAsync()
    {
        if (_buckets is not null)
            await _buckets.DisposeAsync();
        await Server.DisposeAsync();
        Directory.Delete(_home, recursive: true);
    }

    /// <summary>The sample bucket service, started when somebody first asks for it.</summary>
    public async Task<BucketSite> BucketsAsync()
    {
        await _once.WaitAsync();
        try
        {
            return _buckets ??= await BucketSite.StartAsync(this);
        }
        finally
        {
            _once.Release();
        }
    }

    /// <summary>A name that no other test of the class uses.</summary>
    public string Unique(string name) => $"{name}-{Interlocked.Increment(ref _names).ToString(CultureInfo.InvariantCulture)}";

    /// <summary>The folder that all others are in.</summary>
    public string Home => _home;

    /// <summary>A new folder that goes when the class is done.</summary>
    public string Folder(string name) => Directory.CreateDirectory(Path.Combine(_home, Unique(name))).FullName;

    /// <summary>Moves policy time forward, so that nobody has to wait for a session to end.</summary>
    public async Task AdvanceClockAsync(TimeSpan step)
    {
        var reply = await Server.Administrator.DaypassAsync("AdvanceClock", ("Seconds", ((long)step.TotalSeconds).ToString(CultureInfo.InvariantCulture)));
        Assert.True(reply.Status == System.Net.HttpStatusCode.OK, reply.Body);
    }

    /// <summary>Creates a user with an access key and no rights, for clients that have no IAM of their own.</summary>
    public async Task<(string Arn, Keys Keys)> CreateUserAsync(string name)
    {
        var user = (await Server.Administrator.IamAsync("CreateUser", ("UserName", name))).Result;
        var key = (await Server.Administrator.IamAsync("CreateAccessKey", ("UserName", name))).Result;
        return (user.GetProperty("User").GetProperty("Arn").GetString()!, Keys.From(key.GetProperty("AccessKey")));
    }

    /// <summary>Creates a role with an inline policy; answers its ARN.</summary>
    public async Task<string> CreateRoleAsync(string name, string trust, string policy)
    {
        var role = (await Server.Administrator.IamAsync("CreateRole", ("RoleName", name), ("AssumeRolePolicyDocument", trust))).Result;
        await AdministerAsync("PutRolePolicy", ("RoleName", name), ("PolicyName", "rights"), ("PolicyDocument", policy));
        return role.GetProperty("Role").GetProperty("Arn").GetString()!;
    }

    /// <summary>A call to IAM by the administrator that has to succeed and answers nothing.</summary>
    public async Task AdministerAsync(string action, params (string Name, string Value)[] parameters)
    {
        var reply = await Server.Administrator.IamAsync(action, parameters);
        Assert.True(reply.Status == System.Net.HttpStatusCode.OK, reply.Body);
    }

    public AwsCli Aws(string generation, Keys keys) => new(this, generation, keys);

    /// <summary>Runs one promise of a script, which has the administrator's keys, and holds it to having said that it was kept.</summary>
    public async Task KeepAsync(string tool, string generation, string script, string promise, BucketSite? buckets = null)
    {
        var environment = Administrator.ToEnvironment();
        environment["DAYPASS_ENDPOINT"] = Server.Endpoint.ToString();
        if (buckets is not null)
            environment["DAYPASS_BUCKETS"] = buckets.Endpoint.ToString();
        Add(environment);
        environment["DAYPASS_CLIENT"] = Checkout.ClientProgram;
        environment["DAYPASS_SUFFIX"] = Unique("");
        environment["PYTHONDONTWRITEBYTECODE"] = "1";
        var (language, ending) = tool == Tool.Node ? ("node", ".mjs") : ("python", ".py");
        var runner = Path.Combine(Tool.ScriptFolder(language), "keep" + ending);
        var finished = await External.RunAsync(Tool.Program(tool, generation), [runner, script, promise], environment, Folder("home"));
        Assert.True(finished is { ExitCode: 0 } && finished.Output.EndsWith($"kept: {promise}", StringComparison.Ordinal), finished.ToString());
    }

    /// <summary>What scripts of this world know beside what all know.</summary>
    protected virtual void Add(IDictionary<string, string> environment)
    {
    }
}
