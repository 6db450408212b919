namespace Daypass.Bench.Api;

/// <summary>Credentials to sign with; a token when they are temporary.</summary>
internal sealed record Keys(string Id, string Secret, string? Token = null);
