using System.Net.Http.Headers;
using System.Text;
using System.Xml.Linq;
using Daypass.Signing;

namespace Daypass.Bench.Api;

/// <summary>Calls the API as any client does, one action at a time.</summary>
internal sealed class ApiClient(Uri address, Keys keys) : IDisposable
{
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(30) };

    public Task<XElement> StsAsync(string action, params (string Name, string Value)[] parameters) => CallAsync(keys, "sts", "2011-06-15", action, parameters);

    public Task<XElement> StsAsync(Keys caller, string action, params (string Name, string Value)[] parameters) =>
        CallAsync(caller, "sts", "2011-06-15", action, parameters);

    public Task<XElement> IamAsync(string action, params (string Name, string Value)[] parameters) => CallAsync(keys, "iam", "2010-05-08", action, parameters);

    public Task<XElement> IamAsync(Keys caller, string action, params (string Name, string Value)[] parameters) => CallAsync(caller, "iam", "2010-05-08", action, parameters);

    public Task<XElement> DaypassAsync(string action, params (string Name, string Value)[] parameters) =>
        CallAsync(keys, "daypass", "2026-11-22", action, parameters);

    /// <summary>The text of an unsigned GET.</summary>
    public Task<string> GetAsync(string path) => _http.GetStringAsync(new Uri(address, path));

    /// <summary>A form of the Query protocol.</summary>
    public static string Form(string version, string action, params ReadOnlySpan<(string Name, string Value)> parameters)
    {
        var form = new StringBuilder($"Action={action}&Version={version}");
        foreach (var (name, value) in parameters)
            form.Append('&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        return form.ToString();
    }

    /// <summary>The value of the first element with a name, wherever it stands in the answer.</summary>
    public static string ValueOf(XElement answer, string name) => answer.Descendants().First(element => element.Name.LocalName == name).Value;

    /// <summary>The credentials in an answer of STS or of CreateAccessKey.</summary>
    public static Keys KeysIn(XElement answer) => new(
        ValueOf(answer, "AccessKeyId"), ValueOf(answer, "SecretAccessKey"), answer.Descendants().FirstOrDefault(element => element.Name.LocalName == "SessionToken")?.Value);

    public void Dispose() => _http.Dispose();

    private async Task<XElement> CallAsync(Keys caller, string service, string version, string action, (string Name, string Value)[] parameters)
    {
        var body = Encoding.UTF8.GetBytes(Form(version, action, parameters));
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(SignedRequest.FormType);
        var signed = SigV4Signer.SignHeaders(
            "POST", address, [new("Content-Type", SignedRequest.FormType)], SigV4.PayloadHash(body), caller.Id, caller.Secret, caller.Token, SignedRequest.Region, service, DateTimeOffset.UtcNow);
        foreach (var (name, value) in signed)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode ? XElement.Parse(text) : throw new InvalidOperationException($"{action}: {(int)response.StatusCode} {text}");
    }
}
