namespace Daypass.Cli.Credentials;

/// <summary>What signs, and where it was found. Never printed whole: <see cref="ToString"/> says only whose key it is.</summary>
internal sealed record AccessKey(string Id, string Secret, string? SessionToken, string Source)
{
    public override string ToString() => $"{Id} from {Source}";
}
