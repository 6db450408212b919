using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Daypass.Cli.Credentials;

namespace Daypass.Cli.Sessions;

/// <summary>
/// The session that an MFA code gave, kept in a file of its owner's cache folder, because no program that clients start by themselves can ask for
/// another code. Named by all that was asked for and who asked, so that nobody is handed another's.
/// </summary>
internal sealed class KeptSession(Host host, Uri endpoint, string accessKeyId, SessionRequest request)
{
    // What is handed out shall outlast the call that it is for.
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    private string FilePath => Path.Combine(CacheFolder.Of(host), "sessions", Name + ".json");

    private string Name
    {
        get
        {
            var parameters = (JsonObject)request.Parameters.DeepClone();
            parameters.Remove("TokenCode");
            var asked = new JsonArray(endpoint.ToString(), accessKeyId, request.Action, parameters);
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(asked.ToJsonString())));
        }
    }

    public IssuedSession? Find() =>
        PrivateFile.TryRead(FilePath) is { } text && IssuedSession.TryReadProcessOutput(text) is { } session && session.Expiration - Margin > host.Clock.GetUtcNow()
            ? session with { RoleArn = request.RoleArn }
            : null;

    public void Save(IssuedSession session) => PrivateFile.Replace("kept session", FilePath, session.ToProcessOutput().ToJsonString());
}
