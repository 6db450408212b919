namespace Daypass.Service.SignIn;

/// <summary>A session that is shown whole instead of signed with. Never a parameter, so nothing that prints those can print it.</summary>
/// <param name="AccessKeyId">Of the session.</param>
/// <param name="SessionToken">As STS issued it.</param>
/// <param name="Secret">The session's secret access key, which proves that it is its holder who shows it.</param>
internal sealed record ShownSession(string AccessKeyId, string SessionToken, string Secret = "")
{
    public override string ToString() => $"{nameof(ShownSession)} {AccessKeyId}";
}

/// <summary>What a call of the console federation endpoint proves itself by, in place of a signature: a session, or a token that was made of one.</summary>
internal sealed record ShownProof(ShownSession? Session, string? SigninToken)
{
    public override string ToString() => nameof(ShownProof);
}
