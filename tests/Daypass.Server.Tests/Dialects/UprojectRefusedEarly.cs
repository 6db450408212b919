using System.Net;
using System.Text;
using System.Text.Json;
using Daypass.Testing;

namespace Daypass.Server.Tests.Dialects;

/// <summary>Who is turned away before anything of the request is looked at gets an answer that its client can read, on the path that the dialects share as well.</summary>
public sealed class UprojectRefusedEarly : IAsyncLifetime
{
    private const string Form = "application/x-www-form-urlencoded";
    private const string Call = "Action=ListUsers&PublicKey=nobody@example.com1296235120854146120&Signature=0000000000000000000000000000000000000000";

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromMinutes(2) };
    private DaypassServer _server = null!;

    public async Task InitializeAsync() => _server = await DaypassServer.StartAsync("--refusals-per-source", "1");

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData("/", Form, Call)]
    [InlineData("/?Action=ListUsers", Form, Call)]
    [InlineData("/uproject", Form, Call)]
    [InlineData("/", "application/json", """{"Action":"ListUsers","PublicKey":"nobody@example.com1296235120854146120","Signature":"0"}""")]
    [InlineData("/?" + Call, null, null)]
    public async Task Who_is_throttled_is_told_so_by_a_RetCode(string target, string? type, string? body)
    {
        var throttled = await UntilAsync(
            () => type is null ? new HttpRequestMessage(HttpMethod.Get, new Uri(_server.Endpoint, target)) : Post(target, type, body!),
            answer =>
            {
                Assert.Equal((HttpStatusCode.OK, "application/json"), (answer.Status, answer.Type));
                return JsonDocument.Parse(answer.Body).RootElement.GetProperty("RetCode").GetInt32() == 153;
            });
        Assert.Equal("""{"RetCode":153,"Action":"Response","Message":"Rate exceeded"}""", throttled);
    }

    [Fact]
    public async Task A_client_of_AWS_is_told_so_in_XML()
    {
        var throttled = await UntilAsync(() => Post("/", Form, "Action=GetCallerIdentity&Version=2011-06-15"), answer =>
        {
            Assert.Equal((true, "text/xml"), ((int)answer.Status >= 400, answer.Type));
            return answer.Body.Contains("Throttling", StringComparison.Ordinal);
        });
        Assert.Contains("<Message>Rate exceeded</Message>", throttled, StringComparison.Ordinal);
    }

    private HttpRequestMessage Post(string target, string type, string body) =>
        new(HttpMethod.Post, new Uri(_server.Endpoint, target)) { Content = new StringContent(body, Encoding.UTF8, type) };

    // Ten refusals at once, and one more each second: of many calls at once some are throttled, if not at the first try.
    private async Task<string> UntilAsync(Func<HttpRequestMessage> request, Func<(HttpStatusCode Status, string? Type, string Body), bool> isThrottled)
    {
        while (true)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => SendAsync(request())));
            if (answers.Where(isThrottled).ToArray() is [{ Body: var first }, ..])
                return first;
        }
    }

    private async Task<(HttpStatusCode Status, string? Type, string Body)> SendAsync(HttpRequestMessage request)
    {
        using var answer = await _http.SendAsync(request, CancellationToken.None);
        return (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, await answer.Content.ReadAsStringAsync(CancellationToken.None));
    }
}
