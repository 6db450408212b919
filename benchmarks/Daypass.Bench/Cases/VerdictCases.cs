using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Daypass.Bench.Api;
using Daypass.Bench.Servers;

namespace Daypass.Bench.Cases;

/// <summary>
/// Requests of the uproject dialect at a protected service, each of which waits for a verdict of Daypass's; and the verdicts by themselves, as a
/// service under load asks for them.
/// </summary>
internal static class VerdictCases
{
    public const string AtService = "protected read, uproject, a verdict each";
    public const string AtDaypass = "VerifyRequests, 100 verdicts";

    private const int AtOnce = 100;
    private const string Version = "2026-11-22";
    private const string Policy = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"uhost:DescribeUHostInstance","Resource":"*"}}""";
    private const string Leases = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":["daypass:VerifyRequests","daypass:ReportEvents"],"Resource":"*"}}""";

    /// <summary>Lets the roles read hosts, registers the service, and starts it.</summary>
    public static async Task<ServerProcess> StartServiceAsync(DaypassServer server, Population population, string folder)
    {
        foreach (var role in population.Roles)
            await server.Client.IamAsync("PutRolePolicy", ("RoleName", role[(role.LastIndexOf('/') + 1)..]), ("PolicyName", "read-hosts"), ("PolicyDocument", Policy));
        await server.Client.DaypassAsync("RegisterService", ("Name", "uhost"), ("Region", SignedRequest.Region));
        await server.Client.IamAsync("CreateUser", ("UserName", "host-service"));
        await server.Client.IamAsync("PutUserPolicy", ("UserName", "host-service"), ("PolicyName", "leases"), ("PolicyDocument", Leases));
        var keys = ApiClient.KeysIn(await server.Client.IamAsync("CreateAccessKey", ("UserName", "host-service")));
        var file = Path.Combine(folder, "hosts.credentials");
        await File.WriteAllTextAsync(file, $"[default]\naws_access_key_id = {keys.Id}\naws_secret_access_key = {keys.Secret}\n");
        return ServerProcess.Start(
            "samples/HostService", port => ["--urls", $"http://127.0.0.1:{port}", "--daypass", server.Process.Address.ToString(), "--credentials", file]).WaitUntilListening();
    }

    /// <summary>Requests of sessions in turn. Every answer has status 200, so one is looked at before.</summary>
    public static async Task<LoadCase> ReadsAsync(ServerProcess service, IReadOnlyList<Keys> sessions)
    {
        using var http = new HttpClient();
        using var first = await http.PostAsync(service.Address, new StringContent(Form(Of(sessions, 0), 0), Encoding.ASCII, "application/x-www-form-urlencoded"));
        var answer = await first.Content.ReadAsStringAsync();
        if (JsonDocument.Parse(answer).RootElement.GetProperty("RetCode").GetInt32() != 0)
            throw new InvalidOperationException($"The host service does not answer: {answer}");
        return new LoadCase(AtService, service, (from, count) => SignedRequest.Many(from, count, i => Post(service.Address, Form(Of(sessions, i), i))));
    }

    /// <summary>Calls with a hundred requests of as many sessions, whose leases are known: a hundredth of the requests, so a rate of calls.</summary>
    public static async Task<LoadCase> VerdictsAsync(DaypassServer server, IReadOnlyList<Keys> sessions)
    {
        var answer = await server.Client.DaypassAsync("VerifyRequests", Proofs(sessions, 0, 1, null));
        using var lease = JsonDocument.Parse(ApiClient.ValueOf(answer, "Lease"));
        var known = lease.RootElement.GetProperty("version").GetString();
        return new LoadCase(
            AtDaypass, server.Process,
            (from, count) => SignedRequest.Many(from, count, i => SignedRequest.Post(
                server.Process.Address, server.Administrator, "daypass", ApiClient.Form(Version, "VerifyRequests", Proofs(sessions, i * AtOnce, AtOnce, known)), DateTimeOffset.UtcNow)),
            server.DrainAsync, share: 1.0 / AtOnce);
    }

    private static (string, string)[] Proofs(IReadOnlyList<Keys> sessions, int from, int count, string? known)
    {
        var parameters = new List<(string, string)> { ("ServiceName", "uhost"), ("Region", SignedRequest.Region) };
        for (var i = 0; i < count; i++)
        {
            var (keys, member) = (Of(sessions, from + i), string.Create(CultureInfo.InvariantCulture, $"Requests.member.{i + 1}."));
            var text = TextOf(keys, from + i);
            parameters.Add((member + "AccessKeyId", keys.Id));
            parameters.Add((member + "SessionToken", keys.Token!));
            parameters.Add((member + "Text", Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text))));
            parameters.Add((member + "Signature", Sign(text, keys)));
            if (known is not null)
                parameters.Add((member + "KnownVersion", known));
        }
        return [.. parameters];
    }

    private static Keys Of(IReadOnlyList<Keys> sessions, int i) => sessions[Sessions.Forerunners + (i % Sessions.Count)];

    // Different each time, as everything that is measured.
    private static string TextOf(Keys keys, int i) =>
        string.Create(CultureInfo.InvariantCulture, $"ActionDescribeUHostInstanceLimit20Offset{i}PublicKey{keys.Id}Regioncn-bj2SecurityToken{keys.Token}");

    private static string Form(Keys keys, int i) => string.Create(
        CultureInfo.InvariantCulture,
        $"Action=DescribeUHostInstance&Limit=20&Offset={i}&PublicKey={Uri.EscapeDataString(keys.Id)}&Region=cn-bj2&SecurityToken={Uri.EscapeDataString(keys.Token!)}&Signature={Sign(TextOf(keys, i), keys)}");

    private static string Sign(string text, Keys keys) => Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(text + keys.Secret)));

    private static byte[] Post(Uri address, string form) => Encoding.ASCII.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"POST / HTTP/1.1\r\nHost: {address.Authority}\r\nUser-Agent: GO/1.22 GO-SDK/0.22.98 Product/UHost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {form.Length}\r\n\r\n{form}"));
}
