using System.Text;
using Daypass.Tokens;

namespace Daypass.Service.Actions.Sts;

/// <summary>
/// How much of the room for session policies and tags a session takes: the bytes that they really take inside the token, against the
/// bytes that a token of <see cref="SessionTokenCodec.MaxLength"/> characters has left for them.
/// </summary>
internal static class PackedPolicy
{
    /// <summary>Bytes for policies and tags. What else a token holds (ids, names, chain) stays below the remaining 700.</summary>
    public const int Budget = (SessionTokenCodec.MaxLength / 4 * 3) - Sealer.Overhead - 700;

    /// <summary>Whole percent, rounded up; above 100 the request is refused.</summary>
    public static int Percent(SessionClaims claims) => ((Size(claims) * 100) + Budget - 1) / Budget;

    private static int Size(SessionClaims claims) =>
        Bytes(claims.Policy ?? "")
        + claims.PolicyArns.Sum(Bytes)
        + claims.Tags.Sum(tag => Bytes(tag.Key) + Bytes(tag.Value));

    private static int Bytes(string text) => text.Length == 0 ? 0 : Encoding.UTF8.GetByteCount(text) + 2;
}
