using Daypass.Names;
using Daypass.Service.Revocations;

namespace Daypass.Service.Tests.Revocations;

/// <summary>Revocations past the action that makes them.</summary>
internal static class DocumentsOfTests
{
    public static Revocation Of(AccountId account, string accessKeyId, DateTimeOffset at) => new()
    {
        Account = account.ToString(),
        Kind = nameof(RevocationKind.Session),
        Target = accessKeyId,
        IssuedBefore = at,
        IsUpToNow = true,
        RevokedAt = at,
        RevokedAtRealTime = at,
        RevokedBy = "arn:aws:iam::123456789012:user/admin",
    };
}
