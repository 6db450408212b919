using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Daypass.Service.Federation.Ldap;
using Daypass.Service.Federation.Oidc;
using Daypass.Service.Federation.Saml;
using Daypass.Service.Federation.X509;
using Daypass.Service.Mfa;
using Daypass.Service.Revocations;
using Daypass.Service.Stores;

namespace Daypass.Service.Directories;

/// <summary>One kind of document: its name in the store and how a value names itself.</summary>
internal sealed class DocumentKind<T>(string name, Func<T, string> nameOf, JsonTypeInfo<T> type)
    where T : class
{
    public string Name { get; } = name;

    public JsonTypeInfo<T> Type { get; } = type;

    public DocumentKey KeyOf(T value) => new(Name, nameOf(value));

    public DocumentKey Key(string documentName) => new(Name, documentName);

    public byte[] Write(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Type);
}

/// <summary>
/// Every kind of document there is. Names that AWS holds unique ignoring case are stored under their folded name, so the store's
/// own "must not exist" is that rule.
/// </summary>
internal static class DocumentKinds
{
    public static readonly DocumentKind<User> User = new("user", user => Fold(user.Name), DocumentJson.Default.User);
    public static readonly DocumentKind<Group> Group = new("group", group => Fold(group.Name), DocumentJson.Default.Group);
    public static readonly DocumentKind<Role> Role = new("role", role => Fold(role.Name), DocumentJson.Default.Role);
    public static readonly DocumentKind<ManagedPolicy> Policy = new("policy", policy => Fold(policy.Name), DocumentJson.Default.ManagedPolicy);
    public static readonly DocumentKind<AccessKey> AccessKey = new("access-key", key => key.Id, DocumentJson.Default.AccessKey);
    public static readonly DocumentKind<MfaDevice> MfaDevice = new("mfa-device", device => device.Path + device.Name, DocumentJson.Default.MfaDevice);
    public static readonly DocumentKind<OidcProvider> OidcProvider = new("oidc-provider", provider => provider.Url, DocumentJson.Default.OidcProvider);
    public static readonly DocumentKind<SamlProvider> SamlProvider = new("saml-provider", provider => provider.Name, DocumentJson.Default.SamlProvider);
    public static readonly DocumentKind<LdapProvider> LdapProvider = new("ldap-provider", provider => provider.Name, DocumentJson.Default.LdapProvider);
    public static readonly DocumentKind<Project> Project = new("project", project => project.Id, DocumentJson.Default.Project);
    public static readonly DocumentKind<TrustAnchor> TrustAnchor = new("trust-anchor", anchor => anchor.Id, DocumentJson.Default.TrustAnchor);
    public static readonly DocumentKind<AnywhereProfile> AnywhereProfile = new("anywhere-profile", profile => profile.Id, DocumentJson.Default.AnywhereProfile);
    public static readonly DocumentKind<Crl> Crl = new("crl", crl => crl.Id, DocumentJson.Default.Crl);
    public static readonly DocumentKind<SubjectTags> SubjectTags = new("subject-tags", subject => subject.Id, DocumentJson.Default.SubjectTags);
    public static readonly DocumentKind<AccountSettings> Settings = new("settings", _ => "account", DocumentJson.Default.AccountSettings);
    public static readonly DocumentKind<Organization> Organization = new("organization", _ => "organization", DocumentJson.Default.Organization);
    public static readonly DocumentKind<OrganizationAccount> OrganizationAccount = new("organization-account", account => account.Id, DocumentJson.Default.OrganizationAccount);
    public static readonly DocumentKind<CreateAccountRequest> CreateAccountRequest = new("create-account", request => request.Id, DocumentJson.Default.CreateAccountRequest);

    // The installation's own set.
    public static readonly DocumentKind<Account> Account = new("account", account => account.Id, DocumentJson.Default.Account);
    public static readonly DocumentKind<ForeignKey> ForeignKey = new("foreign-key", key => key.AccessKeyId, DocumentJson.Default.ForeignKey);
    public static readonly DocumentKind<ProtectedService> ProtectedService = new("service", service => ServiceName(service.Name, service.Region), DocumentJson.Default.ProtectedService);
    public static readonly DocumentKind<StoredKey> Key = new("key", key => $"{key.Purpose}/{key.Id}", DocumentJson.Default.StoredKey);
    public static readonly DocumentKind<ClockOffset> Clock = new("clock", _ => "offset", DocumentJson.Default.ClockOffset);
    public static readonly DocumentKind<Revocation> Revocation = new(
        "revocation", revocation => Revocations.Revocation.NameOf(revocation.Account, revocation.Kind, revocation.Target), DocumentJson.Default.Revocation);

    public static readonly DocumentKind<Restored> Restored = new("restored", _ => "store", DocumentJson.Default.Restored);
    public static readonly DocumentKind<Moved> Moved = new("moved", _ => "store", DocumentJson.Default.Moved);

    private static readonly Dictionary<string, Func<ReadOnlyMemory<byte>, object?>> Readers = new(StringComparer.Ordinal)
    {
        [User.Name] = Reader(User), [Group.Name] = Reader(Group), [Role.Name] = Reader(Role), [Policy.Name] = Reader(Policy),
        [AccessKey.Name] = Reader(AccessKey), [MfaDevice.Name] = Reader(MfaDevice), [OidcProvider.Name] = Reader(OidcProvider), [SamlProvider.Name] = Reader(SamlProvider), [LdapProvider.Name] = Reader(LdapProvider), [Project.Name] = Reader(Project),
        [TrustAnchor.Name] = Reader(TrustAnchor), [AnywhereProfile.Name] = Reader(AnywhereProfile), [Crl.Name] = Reader(Crl), [SubjectTags.Name] = Reader(SubjectTags),
        [Settings.Name] = Reader(Settings), [Organization.Name] = Reader(Organization),
        [OrganizationAccount.Name] = Reader(OrganizationAccount), [CreateAccountRequest.Name] = Reader(CreateAccountRequest),
        [Account.Name] = Reader(Account), [ForeignKey.Name] = Reader(ForeignKey), [ProtectedService.Name] = Reader(ProtectedService),
        [Key.Name] = Reader(Key), [Clock.Name] = Reader(Clock), [Restored.Name] = Reader(Restored), [Moved.Name] = Reader(Moved), [Revocation.Name] = Reader(Revocation),
        [DocumentKey.Guard("").Kind] = _ => null,
    };

    /// <summary>The name that documents of case-insensitive names are stored under.</summary>
    public static string Fold(string name) => name.ToLowerInvariant();

    public static string ServiceName(string name, string region) => $"{name}/{region}";

    public static object? Read(Document document) =>
        Readers.TryGetValue(document.Key.Kind, out var read)
            ? read(document.Body)
            : throw new InvalidDataException($"The store holds a document of the unknown kind '{document.Key.Kind}': it was written by a newer version.");

    private static Func<ReadOnlyMemory<byte>, object?> Reader<T>(DocumentKind<T> kind)
        where T : class =>
        body => JsonSerializer.Deserialize(body.Span, kind.Type) ?? throw new InvalidDataException($"A stored document of kind '{kind.Name}' is empty.");
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(User))]
[JsonSerializable(typeof(Group))]
[JsonSerializable(typeof(Role))]
[JsonSerializable(typeof(ManagedPolicy))]
[JsonSerializable(typeof(AccessKey))]
[JsonSerializable(typeof(MfaDevice))]
[JsonSerializable(typeof(OidcProvider))]
[JsonSerializable(typeof(SamlProvider))]
[JsonSerializable(typeof(LdapProvider))]
[JsonSerializable(typeof(Project))]
[JsonSerializable(typeof(TrustAnchor))]
[JsonSerializable(typeof(AnywhereProfile))]
[JsonSerializable(typeof(Crl))]
[JsonSerializable(typeof(SubjectTags))]
[JsonSerializable(typeof(SeenCertificate))]
[JsonSerializable(typeof(AccountSettings))]
[JsonSerializable(typeof(Organization))]
[JsonSerializable(typeof(OrganizationAccount))]
[JsonSerializable(typeof(CreateAccountRequest))]
[JsonSerializable(typeof(Account))]
[JsonSerializable(typeof(ForeignKey))]
[JsonSerializable(typeof(ProtectedService))]
[JsonSerializable(typeof(StoredKey))]
[JsonSerializable(typeof(ClockOffset))]
[JsonSerializable(typeof(Restored))]
[JsonSerializable(typeof(Moved))]
[JsonSerializable(typeof(Revocation))]
internal sealed partial class DocumentJson : JsonSerializerContext;
