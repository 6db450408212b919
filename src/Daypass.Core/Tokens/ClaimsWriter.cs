using System.Security.Cryptography;
using System.Text;

namespace Daypass.Tokens;

/// <summary>
/// The compact binary form of <see cref="SessionClaims"/>: a format version, then the fields in a fixed order, numbers as 7-bit
/// groups, texts as UTF-8 behind their length. A session without policy and tags takes about 250 bytes.
/// </summary>
internal sealed class ClaimsWriter
{
    internal const byte Version = 4;
    internal const byte SourceIdentityBit = 0x80;
    private byte[] _buffer = new byte[512];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, Length);

    public void Write(SessionClaims claims)
    {
        Octet(Version);
        Octet((byte)claims.Kind);
        Number(claims.Account.Number);
        Text(claims.PrincipalId);
        Text(claims.SessionName);
        Text(claims.SecretAccessKey);
        Time(claims.IssuedAt);
        Number(claims.ExpiresAt.ToUnixTimeSeconds() - claims.IssuedAt.ToUnixTimeSeconds());
        Number(claims.RevocationsSeen);
        Number(claims.Chain.Count);
        foreach (var ancestor in claims.Chain)
        {
            Octet((byte)((byte)ancestor.Kind | (ancestor.HasSourceIdentity ? SourceIdentityBit : 0)));
            Number(ancestor.Account.Number);
            Text(ancestor.AccessKeyId);
            Text(ancestor.PrincipalId);
            Time(ancestor.IssuedAt);
            Number(ancestor.RevocationsSeen);
        }
        Text(claims.SourceIdentity ?? "");
        Number(claims.MfaAt?.ToUnixTimeSeconds() ?? 0);
        Text(claims.Policy ?? "");
        Text(claims.PolicySyntax ?? "");
        Texts(claims.PolicyArns);
        Number(claims.Tags.Count);
        foreach (var tag in claims.Tags)
        {
            Text(tag.Key);
            Text(tag.Value);
            Octet(claims.TransitiveTagKeys.Contains(tag.Key) ? (byte)1 : (byte)0);
        }
        Write(claims.Federation);
    }

    private void Write(FederatedSession? federation)
    {
        Text(federation?.Provider ?? "");
        Number(federation?.Keys.Count ?? 0);
        foreach (var key in federation?.Keys ?? [])
        {
            Text(key.Name);
            Octet(key.IsList ? (byte)1 : (byte)0);
            Texts(key.Values);
        }
    }

    /// <summary>Wipes what was written: the secret is in it.</summary>
    public void Clear() => CryptographicOperations.ZeroMemory(_buffer);

    private void Time(DateTimeOffset time) => Number(time.ToUnixTimeSeconds());

    private void Texts(IReadOnlyList<string> texts)
    {
        Number(texts.Count);
        foreach (var text in texts)
            Text(text);
    }

    private void Text(string text)
    {
        var size = Encoding.UTF8.GetByteCount(text);
        Number(size);
        Reserve(size);
        Encoding.UTF8.GetBytes(text, _buffer.AsSpan(Length));
        Length += size;
    }

    private void Number(long number)
    {
        var rest = (ulong)number;
        while (rest >= 0x80)
        {
            Octet((byte)(rest | 0x80));
            rest >>= 7;
        }
        Octet((byte)rest);
    }

    private void Octet(byte octet)
    {
        Reserve(1);
        _buffer[Length++] = octet;
    }

    private void Reserve(int size)
    {
        if (Length + size <= _buffer.Length)
            return;
        var larger = new byte[Math.Max(Length + size, _buffer.Length * 2)];
        Written.CopyTo(larger);
        CryptographicOperations.ZeroMemory(_buffer);
        _buffer = larger;
    }
}

