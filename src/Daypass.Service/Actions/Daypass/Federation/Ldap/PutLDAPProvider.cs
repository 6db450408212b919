using Daypass.Names;
using Daypass.Service.Actions.Iam;
using Daypass.Service.Actions.Iam.SamlProviders;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Federation.Ldap;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Daypass.Federation.Ldap;

/// <summary>
/// Registers an LDAP directory, or replaces all that is known of it. The password may be left out where there is one and it would go where it goes now:
/// whoever may write a provider must not be able to have its password sent to a server of his.
/// </summary>
internal sealed class PutLDAPProvider : ApiAction<PutLDAPProvider.Request, PutLDAPProvider.Response>
{
    private const int MaxMappings = 100;
    private static readonly TextRule DnRule = TextRule.Of(1, 1024);
    private static readonly TextRule FilterRule = TextRule.Of(1, 1024);
    private static readonly TextRule UrlRule = TextRule.Of(1, 255);
    private static readonly TextRule AuthoritiesRule = TextRule.Of(1, 32_768);
    private static readonly TextRule PasswordRule = TextRule.Of(1, 1024) with { IsSecret = true };

    internal sealed record Request
    {
        public required string Name { get; init; }

        public required string Url { get; init; }

        public required LdapEncryption Encryption { get; init; }

        public required string? Authorities { get; init; }

        public required string BindDn { get; init; }

        public required string? BindPassword { get; init; }

        public required string UserBase { get; init; }

        public required string UserFilter { get; init; }

        public required string GroupBase { get; init; }

        public required string GroupFilter { get; init; }

        public required LdapGroupSearch GroupSearch { get; init; }

        public required bool SetsSourceIdentity { get; init; }

        public required IReadOnlyList<RoleMapping> Mappings { get; init; }

        public Arn ArnIn(AccountId account) => Arn.Iam(account, "ldap-provider/" + Name);

        // Records print their members.
        public override string ToString() => Name;
    }

    internal sealed record Response(string LDAPProviderArn) : IShape
    {
        public void Write(ShapeWriter writer) => writer.Text("LDAPProviderArn", LDAPProviderArn);
    }

    public override bool IsOfIam => true;

    public override IReadOnlyList<string> SecretParameters => ["BindPassword"];

    public override Request Read(Parameters wire)
    {
        var url = wire.RequiredText("Url", UrlRule);
        return new Request
        {
            Name = wire.RequiredText("Name", SamlUpload.Name),
            Url = url,
            Encryption = EncryptionOf(wire.Word("Encryption", nameof(LdapEncryption.Ldaps), nameof(LdapEncryption.StartTLS), nameof(LdapEncryption.UnsafePlaintext)), url),
            Authorities = wire.Text("CertificateAuthorities", AuthoritiesRule),
            BindDn = wire.RequiredText("BindDn", DnRule),
            BindPassword = wire.Text("BindPassword", PasswordRule),
            UserBase = wire.RequiredText("UserBase", DnRule),
            UserFilter = wire.RequiredText("UserFilter", FilterRule),
            GroupBase = wire.RequiredText("GroupBase", DnRule),
            GroupFilter = wire.RequiredText("GroupFilter", FilterRule),
            GroupSearch = Enum.TryParse<LdapGroupSearch>(
                wire.Word("GroupSearch", nameof(LdapGroupSearch.Direct), nameof(LdapGroupSearch.Nested), nameof(LdapGroupSearch.ActiveDirectory)), out var groups) ? groups : LdapGroupSearch.Direct,
            SetsSourceIdentity = wire.Flag("SetsSourceIdentity") ?? false,
            Mappings = ReadMappings(wire),
        };
    }

    public override Question Ask(Request request, Scene scene) => Question.Of(LdapTarget.Ask("daypass:PutLDAPProvider", request.ArnIn(scene.Home.Account).ToString()));

    public override Outcome<Response> Run(Request request, Scene scene)
    {
        LdapProviderRules.Check(request, scene);
        var arn = request.ArnIn(scene.Home.Account);
        var old = scene.Home.FindLdapProvider(arn);
        if (old is null)
            Quotas.LdapProviders.AdmitOneMore(scene.Home.Documents.Count(DocumentKinds.LdapProvider));
        var id = old?.Id ?? Identifiers.Uuid(scene.Entropy);
        var provider = new LdapProvider
        {
            Name = request.Name,
            Id = id,
            Created = old?.Created ?? scene.NowInSeconds,
            Url = request.Url,
            Encryption = request.Encryption,
            CertificateAuthorities = request.Authorities,
            BindDn = request.BindDn,
            SealedBindPassword = request.BindPassword is { } password ? scene.Vault.SealBindPassword(password, scene.Home.Account, id, scene.Entropy) : LdapProviderRules.KeptPassword(request, old),
            UserBase = request.UserBase,
            UserFilter = request.UserFilter,
            GroupBase = request.GroupBase,
            GroupFilter = request.GroupFilter,
            GroupSearch = request.GroupSearch,
            SetsSourceIdentity = request.SetsSourceIdentity,
            Mappings = request.Mappings,
        };
        return new Outcome<Response>(new Response(arn.ToString()), scene.Change().Put(DocumentKinds.LdapProvider, provider).Guard(Guards.LdapProviders));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [LdapTarget.Resource(request.ArnIn(scene.Home.Account).ToString())];

    private static LdapEncryption EncryptionOf(string? word, string url) =>
        Enum.TryParse<LdapEncryption>(word, out var encryption) ? encryption : url.StartsWith("ldaps://", StringComparison.Ordinal) ? LdapEncryption.Ldaps : LdapEncryption.StartTLS;

    private static IReadOnlyList<RoleMapping> ReadMappings(Parameters wire)
    {
        var members = wire.Members("Mappings");
        wire.LimitCount("Mappings", members.Count, MaxMappings);
        if (members.Count == 0)
            wire.Missing("Mappings");
        return [.. members.Select(member => new RoleMapping(wire.RequiredText(member + ".GroupDn", DnRule), wire.RequiredText(member + ".RoleArn", TextRules.StsArn)))];
    }
}
