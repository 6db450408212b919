using System.Globalization;
using Daypass.Jose;
using Daypass.Server.Dialects;
using Daypass.Service.Actions.Sts;
using Daypass.Service.Federation;
using Daypass.Service.Pipeline;

namespace Daypass.Server.OAuth;

/// <summary>A token exchange as its client asks for it (RFC 8693, section 2.1), with the few parameters beyond it that are ours.</summary>
internal sealed record TokenRequest
{
    public const string Grant = "urn:ietf:params:oauth:grant-type:token-exchange";
    public const string Jwt = "urn:ietf:params:oauth:token-type:jwt";

    /// <summary>Our own: AWS credentials, as the JSON that <c>credential_process</c> prints.</summary>
    public const string AwsCredentials = "urn:daypass:params:oauth:token-type:aws-credentials";

    private const int MostAudiences = 10;
    private static readonly string[] SubjectTypes = [Jwt, "urn:ietf:params:oauth:token-type:id_token", "urn:ietf:params:oauth:token-type:access_token"];

    // RFC 8693 lets these two come several times; all else comes once (RFC 6749, section 3.2).
    private static readonly string[] Repeatable = ["audience", "resource"];

    public required string RoleArn { get; init; }

    public required string SubjectToken { get; init; }

    public required string RoleSessionName { get; init; }

    /// <summary>For whom the token shall be; empty where credentials are asked for.</summary>
    public required IReadOnlyList<string> Audience { get; init; }

    public required bool IsForCredentials { get; init; }

    public required string? Duration { get; init; }

    public required string? Policy { get; init; }

    public required string SigningAlgorithm { get; init; }

    /// <exception cref="OAuthException">What is wrong with it.</exception>
    public static TokenRequest Read(ReadOnlySpan<byte> form)
    {
        var all = ReadForm(form);
        var one = all.Where(pair => !Repeatable.Contains(pair.Key)).ToDictionary(StringComparer.Ordinal);
        RefuseOthers(one);
        var isForCredentials = (one.GetValueOrDefault("requested_token_type") ?? Jwt) switch
        {
            Jwt => false,
            AwsCredentials => true,
            _ => throw OAuthException.InvalidRequest($"requested_token_type must be {Jwt} or {AwsCredentials}"),
        };
        var token = Required(one, "subject_token");
        if (!SubjectTypes.Contains(Required(one, "subject_token_type")))
            throw OAuthException.InvalidRequest($"subject_token_type must be one of {string.Join(", ", SubjectTypes)}, and the token a JWT");
        var (role, audience) = ReadTargets([.. all.Where(pair => Repeatable.Contains(pair.Key)).Select(pair => pair.Value).Distinct(StringComparer.Ordinal)], isForCredentials);
        return new TokenRequest
        {
            RoleArn = role,
            SubjectToken = token,
            RoleSessionName = one.GetValueOrDefault("role_session_name") ?? NameIn(token),
            Audience = audience,
            IsForCredentials = isForCredentials,
            Duration = one.GetValueOrDefault("duration_seconds"),
            Policy = one.GetValueOrDefault("policy"),
            SigningAlgorithm = one.GetValueOrDefault("signing_algorithm") ?? JsonWebKey.Rs256,
        };
    }

    /// <summary>The parameters of the call that gives the session.</summary>
    public IEnumerable<KeyValuePair<string, string>> ToAssumeRole()
    {
        yield return new(nameof(RoleArn), RoleArn);
        yield return new(nameof(RoleSessionName), RoleSessionName);
        yield return new("WebIdentityToken", SubjectToken);
        // A session that only makes a token is over soon.
        if (!IsForCredentials || Duration is not null)
            yield return new("DurationSeconds", IsForCredentials ? Duration! : "900");
        if (Policy is not null)
            yield return new(nameof(Policy), Policy);
    }

    /// <summary>The parameters of the call that makes the token.</summary>
    public IEnumerable<KeyValuePair<string, string>> ToGetToken()
    {
        for (var i = 0; i < Audience.Count; i++)
            yield return new(string.Create(CultureInfo.InvariantCulture, $"Audience.member.{i + 1}"), Audience[i]);
        yield return new(nameof(SigningAlgorithm), SigningAlgorithm);
        if (Duration is not null)
            yield return new("DurationSeconds", Duration);
    }

    public override string ToString() => RoleArn;

    private static List<KeyValuePair<string, string>> ReadForm(ReadOnlySpan<byte> form)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        try
        {
            FormReader.Read(form, pairs);
        }
        catch (ApiException refusal)
        {
            throw OAuthException.InvalidRequest(refusal.Error.Message);
        }
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var pair in pairs)
        {
            if (!names.Add(pair.Key) && !Repeatable.Contains(pair.Key))
                throw OAuthException.InvalidRequest($"the parameter {Errors.Shorten(pair.Key)} is given more than once");
        }
        // RFC 6749, section 3.2: without a value is as if it were not there.
        pairs.RemoveAll(pair => pair.Value.Length == 0);
        return pairs;
    }

    private static void RefuseOthers(Dictionary<string, string> one)
    {
        if (Required(one, "grant_type") != Grant)
            throw new OAuthException("unsupported_grant_type", $"the only grant here is {Grant}");
        // Nobody has a secret with this server, so none proves anything: whoever sends one believes otherwise.
        if (one.ContainsKey("client_secret") || one.ContainsKey("client_assertion"))
            throw OAuthException.InvalidClient();
        if (one.ContainsKey("scope"))
            throw new OAuthException("invalid_scope", "there are no scopes here: what a session may do is what its role's policies allow, and the parameter policy narrows that");
        if (one.ContainsKey("actor_token") || one.ContainsKey("actor_token_type"))
            throw OAuthException.InvalidRequest("actor_token is not taken: a session is its own principal and acts for nobody; who is behind it is in its source identity and in the trail");
    }

    private static string Required(Dictionary<string, string> one, string name) => one.GetValueOrDefault(name) ?? throw OAuthException.InvalidRequest($"{name} is missing");

    private static (string Role, IReadOnlyList<string> Audience) ReadTargets(IReadOnlyList<string> targets, bool isForCredentials)
    {
        var roles = targets.Where(IsRole).ToList();
        string[] audience = [.. targets.Where(target => !IsRole(target))];
        if (roles.Count != 1)
            throw OAuthException.InvalidTarget(roles.Count == 0 ? "resource must be the ARN of the role to assume, such as arn:aws:iam::111122223333:role/name" : "one role at a time can be assumed");
        if (isForCredentials && audience.Length > 0)
            throw OAuthException.InvalidTarget("AWS credentials are for no other resource or audience than their role");
        if (!isForCredentials && audience.Length is 0 or > MostAudiences)
            throw OAuthException.InvalidTarget($"audience must say for whom the token shall be, 1 to {MostAudiences} times");
        return (roles[0], audience);
    }

    private static bool IsRole(string target) => target.StartsWith("arn:", StringComparison.Ordinal) && target.Contains(":role/", StringComparison.Ordinal);

    // Not proven yet, and never used if it does not come to that: the call that uses it proves the same text.
    private static string NameIn(string token) => SessionNames.Of(JsonWebToken.TryParse(token, out _)?.Claims.Text("sub") is { Length: > 0 } subject ? subject : "token-exchange");
}
