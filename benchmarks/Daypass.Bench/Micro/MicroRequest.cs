using System.Text;
using Daypass.Bench.Api;
using Daypass.Signing;

namespace Daypass.Bench.Micro;

/// <summary>A signed AssumeRole request as a server holds it.</summary>
internal static class MicroRequest
{
    public static byte[] Body { get; } = Encoding.UTF8.GetBytes(
        ApiClient.Form("2011-06-15", "AssumeRole", ("RoleArn", "arn:aws:iam::111122223333:role/app/log-reader-1"), ("RoleSessionName", "build-00000001")));

    public static SignableRequest Signed(string keyId, string secret, DateTimeOffset now)
    {
        var bytes = SignedRequest.Post(new Uri("http://127.0.0.1:8450"), new Keys(keyId, secret), "sts", Encoding.UTF8.GetString(Body), now);
        var lines = Encoding.ASCII.GetString(bytes).Split("\r\n\r\n")[0].Split("\r\n");
        return new SignableRequest("POST", "/", new Headers(lines.Skip(1).Select(line => line.Split(": ", 2))));
    }

    private sealed class Headers(IEnumerable<string[]> lines) : IRequestHeaders
    {
        private readonly Dictionary<string, string> _values = lines.ToDictionary(line => line[0], line => line[1], StringComparer.OrdinalIgnoreCase);

        public IEnumerable<string> Names => _values.Keys;

        public int Count(string name) => _values.ContainsKey(name) ? 1 : 0;

        public string? Get(string name, int index) => index == 0 ? _values.GetValueOrDefault(name) : null;

        public bool Contains(string name) => _values.ContainsKey(name);
    }
}
