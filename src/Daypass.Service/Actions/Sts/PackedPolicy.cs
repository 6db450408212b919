using Daypass.Service.Pipeline;
using Daypass.Tokens;

namespace Daypass.Service.Actions.Sts;

/// <summary>
/// How much of the room for session policies and tags a session takes: the bytes that they take inside the token, against the bytes that a
/// token of the largest length has left for them beside what the session must say of itself (ids, names, chain). So above 100 percent means
/// that the token would be too long, and nothing else does.
/// </summary>
internal static class PackedPolicy
{
    /// <summary>Whole percent, rounded up.</summary>
    public static int Percent(SessionClaims claims) => Share(claims, Bare(claims));

    /// <summary>The refusal of a session whose token would be too long. It says what takes how much.</summary>
    public static ApiException TooLarge(SessionClaims claims)
    {
        var bare = Bare(claims);
        return Errors.PackedPolicyTooLarge(
            Percent(claims),
            $"The inline policy takes {Share(bare with { Policy = claims.Policy, PolicySyntax = claims.PolicySyntax }, bare)}%, policy ARNs {Share(bare with { PolicyArns = claims.PolicyArns }, bare)}%, "
            + $"session tags with inherited ones {Share(bare with { Tags = claims.Tags }, bare)}%: shorten the largest.");
    }

    private static SessionClaims Bare(SessionClaims claims) => claims with { Policy = null, PolicySyntax = null, PolicyArns = [], Tags = [], TransitiveTagKeys = [] };

    private static int Share(SessionClaims claims, SessionClaims bare)
    {
        var rest = SessionTokenCodec.SizeOf(bare);
        // Of names that fill a token there is no room left to share: whatever else there is, is too much.
        var room = Math.Max(SessionTokenCodec.MaxSize - rest, 1);
        return (((SessionTokenCodec.SizeOf(claims) - rest) * 100) + room - 1) / room;
    }
}
