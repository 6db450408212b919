using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Daypass.Service.SignIn;

/// <summary>
/// A program on the person's own machine that waits for the session: the port that it listens on, and the hash of a secret that only it has (as PKCE's S256,
/// RFC 7636). Whoever else gets what is handed over can do nothing with it.
/// </summary>
/// <param name="Port">On 127.0.0.1.</param>
/// <param name="Challenge">Base64url of SHA-256 of the secret: 43 characters.</param>
/// <param name="RoleMark">The role that the program wants, as <see cref="MarkOf"/> has it; null where the person chooses.</param>
internal sealed record HandOver(int Port, string Challenge, string? RoleMark)
{
    public const int ChallengeSize = 32;
    public const int MarkSize = 8;
    private const string Prefix = "daypass";
    private const int CheckSize = 8;

    // No vowels, so that they make no words (RFC 8628, section 6.1).
    private const string CheckLetters = "BCDFGHJKLMNPQRSTVWXZ";

    /// <summary>In place of a role's ARN, which is too long for what providers carry along: whoever finds another role with the same mark must have it offered as well.</summary>
    public static string MarkOf(string roleArn) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(roleArn)).AsSpan(0, MarkSize));

    /// <summary>Null where it is none: no port, or a challenge of another form.</summary>
    public static HandOver? TryMake(string? port, string? challenge, string? roleMark) =>
        int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= ushort.MaxValue
        && IsOf(challenge, ChallengeSize) && (roleMark is null || IsOf(roleMark, MarkSize))
            ? new HandOver(number, challenge!, roleMark)
            : null;

    /// <summary>As it travels in RelayState where the provider begins: less than the 80 bytes that SAML allows (bindings, section 3.4.3).</summary>
    public string ToRelayState() => string.Create(CultureInfo.InvariantCulture, $"{Prefix}.{Port}.{Challenge}{(RoleMark is null ? "" : ".")}{RoleMark}");

    /// <summary>Null for every other RelayState, which is then nothing to us.</summary>
    public static HandOver? TryParse(string? relayState) => relayState?.Split('.') switch
    {
        [Prefix, var port, var challenge] => TryMake(port, challenge, null),
        [Prefix, var port, var challenge, var mark] => TryMake(port, challenge, mark),
        _ => null,
    };

    /// <summary>Where the browser takes the code to: this machine, whatever anybody says.</summary>
    public string AddressWith(string code) => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}/?code={code}&state={Challenge}");

    /// <summary>What the program says and the page shows, so that a person can tell that the page asks for the program that they started: eight letters, as in <c>BCDF-GHJK</c>.</summary>
    public string CheckCode()
    {
        var hash = SHA256.HashData(Encoding.ASCII.GetBytes(Prefix + Challenge));
        var letters = string.Concat(hash.Take(CheckSize).Select(each => CheckLetters[each % CheckLetters.Length]));
        return $"{letters[..(CheckSize / 2)]}-{letters[(CheckSize / 2)..]}";
    }

    /// <summary>Whether a secret is the one behind the challenge.</summary>
    public static bool IsProvenBy(string challenge, string verifier) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(challenge), Encoding.ASCII.GetBytes(Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(verifier)))));

    private static bool IsOf(string? text, int size)
    {
        var bytes = new byte[size];
        return text is not null && text.Length == Base64Url.GetEncodedLength(size)
            && Base64Url.DecodeFromChars(text, bytes, out _, out var length) == System.Buffers.OperationStatus.Done && length == size && Base64Url.EncodeToString(bytes) == text;
    }
}
