namespace Daypass.Service.SignIn;

/// <summary>A session that is shown whole instead of signed with. Never a parameter, so nothing that prints those can print it.</summary>
/// <param name="AccessKeyId">Of the session.</param>
/// <param name="SessionToken">As STS issued it.</param>
/// <param name="Secret">The session's secret access key, which proves that it is its holder who shows it.</param>
internal sealed record ShownSession(string AccessKeyId, string SessionToken, string Secret = "")
{
    public override string ToString() => $"{nameof(ShownSession)} {AccessKeyId}";
}

/// <summary>A code that was handed over, and the secret of whom it was for.</summary>
internal sealed record HandedCode(string Code, string Verifier)
{
    public override string ToString() => nameof(HandedCode);
}

/// <summary>What a call of a sign-in endpoint proves itself by, in place of a signature: a session, or a token or a code that was made of one.</summary>
internal sealed record ShownProof(ShownSession? Session, string? SigninToken)
{
    public HandedCode? Handed { get; init; }

    public override string ToString() => nameof(ShownProof);
}
