namespace Daypass.Signing;

/// <summary>Whether a signature is of now. Times are compared in whole seconds, as its texts show them.</summary>
internal static class SigV4Window
{
    public static SigningError? Check(SigV4Authorization authorization, DateTimeOffset now, SigV4Rules rules)
    {
        var second = SigV4Timestamp.WholeSeconds(now);
        var age = second - authorization.SignedAt;
        if (rules.HonoursExpires && authorization.IsQuery)
            return CheckExpires(authorization, age) ?? CheckFuture(authorization, second, age, rules);
        return age > rules.Skew ? Expired(authorization, second, rules) : CheckFuture(authorization, second, age, rules);
    }

    private static SigningError? CheckExpires(SigV4Authorization authorization, TimeSpan age)
    {
        if (authorization.Expires is not { } seconds)
            return SigningErrors.BadExpires(
                "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.");
        return age > TimeSpan.FromSeconds(seconds) ? SigningErrors.PresignedUrlExpired : null;
    }

    private static SigningError? CheckFuture(SigV4Authorization authorization, DateTimeOffset now, TimeSpan age, SigV4Rules rules) =>
        age >= -rules.Skew ? null : SigningErrors.Mismatch(
            $"Signature not yet current: {authorization.Timestamp} is still later than {SigV4Timestamp.Format(now + rules.Skew)} ({SigV4Timestamp.Format(now)} + {Minutes(rules)} min.)");

    private static SigningError Expired(SigV4Authorization authorization, DateTimeOffset now, SigV4Rules rules) => SigningErrors.Mismatch(
        $"Signature expired: {authorization.Timestamp} is now earlier than {SigV4Timestamp.Format(now - rules.Skew)} ({SigV4Timestamp.Format(now)} - {Minutes(rules)} min.)");

    private static int Minutes(SigV4Rules rules) => (int)rules.Skew.TotalMinutes;
}
