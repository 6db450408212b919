using System.Text;
using Daypass.Names;

namespace Daypass.Tokens;

/// <summary>Reads what <see cref="ClaimsWriter"/> wrote. Total: any bytes give claims or null, never an exception.</summary>
internal ref struct ClaimsReader
{
    private const int MaxItems = 1000;
    private ReadOnlySpan<byte> _rest;
    private bool _failed;

    private ClaimsReader(ReadOnlySpan<byte> bytes) => _rest = bytes;

    public static SessionClaims? Read(ReadOnlySpan<byte> bytes) => new ClaimsReader(bytes).ReadClaims();

    private SessionClaims? ReadClaims()
    {
        if (Octet() != ClaimsWriter.Version)
            return null;
        var kind = (SessionKind)Octet();
        var account = Number();
        var principalId = Text();
        var sessionName = Text();
        var secret = Text();
        var issuedAt = Time();
        var lifetime = Number();
        var seen = Number();
        var chain = Items(static (ref ClaimsReader reader) => reader.Link());
        var sourceIdentity = Text();
        var mfaAt = Number();
        var policy = Text();
        var syntax = Text();
        var policyArns = Items(static (ref ClaimsReader reader) => reader.Text());
        var tags = Items(static (ref ClaimsReader reader) => (Tag: KeyValuePair.Create(reader.Text(), reader.Text()), IsTransitive: reader.Flag()));
        var federation = ReadFederation();
        if (_failed || !_rest.IsEmpty || account is <= 0 or >= AccountId.Limit || !Enum.IsDefined(kind) || lifetime is < 0 or > int.MaxValue || seen < 0 || secret.Length == 0)
            return null;
        return new SessionClaims
        {
            Kind = kind,
            Account = AccountId.Of(account),
            PrincipalId = principalId,
            SessionName = sessionName,
            SecretAccessKey = secret,
            IssuedAt = issuedAt,
            ExpiresAt = issuedAt.AddSeconds(lifetime),
            RevocationsSeen = seen,
            Chain = chain,
            SourceIdentity = sourceIdentity.Length == 0 ? null : sourceIdentity,
            MfaAt = mfaAt == 0 ? null : Instant(mfaAt),
            Policy = policy.Length == 0 ? null : policy,
            PolicySyntax = syntax.Length == 0 ? null : syntax,
            PolicyArns = policyArns,
            Tags = [.. tags.Select(each => each.Tag)],
            TransitiveTagKeys = [.. tags.Where(each => each.IsTransitive).Select(each => each.Tag.Key)],
            Federation = federation,
        };
    }

    private Ancestor Link()
    {
        var kind = Octet();
        var account = Number();
        var link = new Ancestor(Text(), Text(), Time())
        {
            Kind = (AncestorKind)(kind & ~ClaimsWriter.SourceIdentityBit),
            HasSourceIdentity = (kind & ClaimsWriter.SourceIdentityBit) != 0,
            Account = account is > 0 and < AccountId.Limit ? AccountId.Of(account) : default,
            RevocationsSeen = Number(),
        };
        if (!Enum.IsDefined(link.Kind) || !link.Account.IsSet || link.RevocationsSeen < 0)
            _failed = true;
        return link;
    }

    private FederatedSession? ReadFederation()
    {
        var provider = Text();
        var keys = Items(static (ref ClaimsReader reader) =>
        {
            var (name, isList) = (reader.Text(), reader.Flag());
            return new FederatedKey(name, reader.Items(static (ref ClaimsReader inner) => inner.Text()), isList);
        });
        return provider.Length == 0 && keys.Length == 0 ? null : new FederatedSession(provider, keys);
    }

    private delegate T ReadItem<T>(ref ClaimsReader reader);

    private T[] Items<T>(ReadItem<T> read)
    {
        var count = Number();
        if (count is < 0 or > MaxItems)
            _failed = true;
        if (_failed || count == 0)
            return [];
        var items = new T[count];
        for (var i = 0; i < items.Length && !_failed; i++)
            items[i] = read(ref this);
        return items;
    }

    private DateTimeOffset Time() => Instant(Number());

    private DateTimeOffset Instant(long seconds)
    {
        if (seconds is >= 0 and < 253_402_300_800)
            return DateTimeOffset.FromUnixTimeSeconds(seconds);
        _failed = true;
        return default;
    }

    private string Text()
    {
        var size = Number();
        if (size < 0 || size > _rest.Length)
        {
            _failed = true;
            return "";
        }
        var text = Encoding.UTF8.GetString(_rest[..(int)size]);
        _rest = _rest[(int)size..];
        return text;
    }

    private long Number()
    {
        ulong number = 0;
        for (var shift = 0; shift < 63; shift += 7)
        {
            var octet = Octet();
            number |= (ulong)(octet & 0x7F) << shift;
            if (octet < 0x80)
                return (long)number;
        }
        _failed = true;
        return 0;
    }

    private bool Flag()
    {
        var octet = Octet();
        if (octet > 1)
            _failed = true;
        return octet == 1;
    }

    private byte Octet()
    {
        if (_rest.IsEmpty)
        {
            _failed = true;
            return 0;
        }
        var octet = _rest[0];
        _rest = _rest[1..];
        return octet;
    }
}
