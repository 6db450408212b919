using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Daypass.Leases;
using Daypass.Names;
using Daypass.Policies;
using Daypass.Reports;
using Daypass.Signing;
using Daypass.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Daypass.AspNetCore.Tests.Support;

/// <summary>A caller that the node knows.</summary>
internal sealed record KnownCaller(string AccessKeyId, string Secret, string? Token, LeasePrincipal Principal)
{
    public string[] Policies { get; init; } = [];

    public string? Boundary { get; init; }

    public string[]? Session { get; init; }

    public long? SessionExpires { get; init; }

    public long? MfaAt { get; init; }

    public Dictionary<string, string> Keys { get; init; } = [];
}

/// <summary>The node's side of the lease protocol, in process and small: it verifies the service and every proof, and slices policies.</summary>
internal sealed class FakeNode : IAsyncDisposable
{
    public const string ServiceKeyId = "AKIASERVICEEXAMPLE00";
    public const string ServiceSecret = "service-secret-EXAMPLE";
    public const string Owner = "111122223333";

    private readonly WebApplication _app;
    private long _version = 1;

    private FakeNode(WebApplication app) => _app = app;

    public ConcurrentDictionary<string, KnownCaller> Callers { get; } = new();

    /// <summary>What to tell whose sessions are revoked, by their key ids.</summary>
    public ConcurrentDictionary<string, string> Revoked { get; } = new();

    public Uri Endpoint => new(_app.Urls.First());

    public int FreshFor { get; set; } = 5_000;

    public int ValidFor { get; set; } = 900_000;

    public long ClockOffset { get; set; }

    /// <summary>What to answer instead, such as 503; 0 for the truth.</summary>
    public int Status { get; set; }

    /// <summary>How long to think, or until when.</summary>
    public Func<Task> Delay { get; set; } = () => Task.CompletedTask;

    /// <summary>Opens what services say of refusals.</summary>
    public AuthorizationMessageCodec Messages { get; } =
        new(new KeyRing(SessionTokenCodec.Purpose, [new SealingKey(1, [.. Enumerable.Repeat((byte)7, XAes256Gcm.KeySize)], SealingKeyState.Active)]));

    /// <summary>Changes the text of a lease on its way out.</summary>
    public Func<Lease, Lease> Damage { get; set; } = lease => lease;

    public ConcurrentQueue<int> Calls { get; } = new();

    public ConcurrentQueue<string> Answers { get; } = new();

    public int Proofs => Calls.Sum();

    /// <summary>What services have reported.</summary>
    public FakeTrail Reports { get; } = new();

    /// <summary>Whether leases come with tickets.</summary>
    public bool HasTickets { get; set; } = true;

    public static async Task<FakeNode> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var node = new FakeNode(app);
        app.Run(node.HandleAsync);
        await app.StartAsync(CancellationToken.None);
        return node;
    }

    public void Put(KnownCaller caller)
    {
        Callers[caller.AccessKeyId] = caller;
        Interlocked.Increment(ref _version);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        if (Status != 0 || !IsFromTheService(context, body.ToArray()))
        {
            context.Response.StatusCode = Status != 0 ? Status : 403;
            await context.Response.WriteAsync("""{"Error":{"Code":"AccessDenied","Message":"no"}}""", context.RequestAborted);
            return;
        }
        var form = System.Web.HttpUtility.ParseQueryString(System.Text.Encoding.ASCII.GetString(body.ToArray()));
        if (form["Action"] == ReportProtocol.Action)
        {
            await Reports.AnswerAsync(context, form);
            return;
        }
        var list = form["Action"] == VerdictProtocol.Action ? "Requests" : "Proofs";
        var count = Enumerable.Range(1, LeaseProtocol.MaxProofs + 1).TakeWhile(i => form[$"{list}.member.{i}.AccessKeyId"] is not null).Count();
        Calls.Enqueue(count);
        await Delay();
        var entries = Enumerable.Range(1, count).Select(i => Answer(name => form[$"{list}.member.{i}.{name}"], form["ServiceName"]!, form["Region"]!)).ToArray();
        object answer = list == "Requests"
            ? new { VerifyRequestsResponse = new { VerifyRequestsResult = new { OwnerAccount = Owner, Verdicts = entries } } }
            : new { AcquireLeasesResponse = new { AcquireLeasesResult = new { OwnerAccount = Owner, Leases = entries } } };
        await context.Response.WriteAsJsonAsync(answer, Plain, context.RequestAborted);
    }

    private static readonly JsonSerializerOptions Plain = new() { PropertyNamingPolicy = null };

    private static bool IsFromTheService(HttpContext context, byte[] body)
    {
        var headers = new Requests.RawHeaders(context.Request.Headers);
        var request = new SignableRequest(context.Request.Method, context.Request.Path + context.Request.QueryString.Value, headers);
        var rules = new SigV4Rules { Service = LeaseProtocol.SigningService };
        return SigV4Parser.TryParse(request, out _) is { AccessKeyId: ServiceKeyId } authorization
            && SigV4.CheckTimeAndScope(authorization, DateTimeOffset.UtcNow, rules with { Skew = TimeSpan.FromDays(30) }) is null
            && SigV4.CheckSignedHeaders(authorization, request, rules) is null
            && SigV4.Matches(
                SigV4.SigningKey(ServiceSecret, authorization.Date, authorization.Region, authorization.Service),
                SigV4.StringToSign(authorization, request, SigV4.PayloadHash(body), rules),
                authorization.Signature);
    }

    private Dictionary<string, string?> Answer(Func<string, string?> field, string service, string region)
    {
        var answer = AnswerTruly(field, service, region);
        Answers.Enqueue(answer["Status"]!);
        return answer;
    }

    private Dictionary<string, string?> AnswerTruly(Func<string, string?> field, string service, string region)
    {
        if (Revoked.TryGetValue(field("AccessKeyId")!, out var sentence))
            return new() { ["Status"] = LeaseProtocol.Refused, ["Code"] = "ExpiredToken", ["Message"] = sentence };
        if (!Callers.TryGetValue(field("AccessKeyId")!, out var caller) || caller.Token != field("SessionToken"))
            return Refuse(SigningErrors.UnknownKey);
        var isVerdict = field("Text") is not null;
        var key = isVerdict ? null : SigV4.SigningKey(caller.Secret, field("Date")!, region, service);
        if (isVerdict ? !IsSigned(field("Text")!, caller.Secret, field("Signature")!) : !field("StringToSign")!.Contains($"{field("Date")}/{region}/{service}/aws4_request") || !SigV4.Matches(key!, field("StringToSign")!, field("Signature")!))
            return Refuse(SigningErrors.NoMatch);
        var version = Volatile.Read(ref _version).ToString();
        if (field("KnownVersion") == version)
            return new() { ["Status"] = LeaseProtocol.Unchanged };
        var lease = new Lease
        {
            Version = version, AccessKeyId = caller.AccessKeyId, Date = field("Date"), Region = region, Service = service, SigningKey = key,
            Principal = caller.Principal, Keys = caller.Keys, SessionExpires = caller.SessionExpires, MfaAt = caller.MfaAt, ClockOffset = ClockOffset,
            Identity = [.. caller.Policies.Select((text, i) => Slice($"p{i}", text, PolicyType.Identity, service))],
            Boundary = caller.Boundary is { } boundary ? Slice("boundary", boundary, PolicyType.Boundary, service) : null,
            Session = caller.Session?.Select((text, i) => Slice($"s{i}", text, PolicyType.Session, service)).ToArray(),
            FreshFor = FreshFor, ValidFor = ValidFor,
            Ticket = HasTickets ? new LeaseTicket(System.Text.Encoding.ASCII.GetBytes("ticket of " + caller.AccessKeyId), DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds()) : null,
            Explanation = Messages.MakeKey(
                new MessageOrigin(service, region, AccountId.Of(long.Parse(Owner, CultureInfo.InvariantCulture))), AccountId.Of(long.Parse(caller.Principal.Account, CultureInfo.InvariantCulture)),
                DateTimeOffset.UtcNow, RandomNumberGenerator.GetBytes(AuthorizationMessageCodec.KeyRandom)),
        };
        return new() { ["Status"] = LeaseProtocol.Granted, ["Lease"] = Damage(lease).Serialize() };
    }

    // Not the library's own check, which the tests must not share.
    private static bool IsSigned(string text, string secret, string signature) =>
        Convert.ToHexStringLower(SHA1.HashData([.. System.Buffers.Text.Base64Url.DecodeFromChars(text), .. System.Text.Encoding.UTF8.GetBytes(secret)])) == signature;

    private static LeasePolicy Slice(string id, string text, PolicyType type, string service)
    {
        var syntax = text.StartsWith("{\"Version\":\"1\"", StringComparison.Ordinal) ? PolicySyntax.Uproject : PolicySyntax.Aws;
        return new(id, null, PolicyDocument.Parse(text, type, syntax).Slice(service), syntax.Mark);
    }

    private static Dictionary<string, string?> Refuse(SigningError error) =>
        new() { ["Status"] = LeaseProtocol.Refused, ["Code"] = error.Code.ToString(), ["Message"] = error.Message };
}
