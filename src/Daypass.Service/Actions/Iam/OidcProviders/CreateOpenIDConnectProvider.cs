using Daypass.Names;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Federation.Oidc;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.OidcProviders;

/// <summary>
/// Registers an issuer of tokens. Nothing is fetched here: without thumbprints its server is verified by the authorities that the system trusts, which AWS
/// tries first, too.
/// </summary>
internal sealed class CreateOpenIDConnectProvider : ApiAction<CreateOpenIDConnectProvider.Request, CreateOpenIDConnectProvider.Response>
{
    private const string Scheme = "https://";
    private static readonly TextRule UrlRule = TextRule.Of(1, 255);

    internal sealed record Request(string Url, IReadOnlyList<string> ClientIds, IReadOnlyList<string> Thumbprints, IReadOnlyList<Tag> Tags)
    {
        /// <summary>The issuer without its scheme.</summary>
        public string Name => Url.StartsWith(Scheme, StringComparison.Ordinal) ? Url[Scheme.Length..] : Url;

        public Arn ArnIn(AccountId account) => Arn.Iam(account, "oidc-provider/" + Name);
    }

    internal sealed record Response(string OpenIDConnectProviderArn, IReadOnlyList<Tag> Tags) : IShape
    {
        public void Write(ShapeWriter writer)
        {
            writer.Text("OpenIDConnectProviderArn", OpenIDConnectProviderArn);
            writer.List("Tags", TagShape.ListOrNull(Tags));
        }
    }

    public override Request Read(Parameters wire) =>
        new(wire.RequiredText("Url", UrlRule), ProviderLists.ReadClientIds(wire), ProviderLists.ReadThumbprints(wire), TagList.Read(wire));

    public override Question Ask(Request request, Scene scene)
    {
        var create = ResourceKeys.On(scene, "iam:CreateOpenIDConnectProvider", request.ArnIn(scene.Home.Account), []).Passing(request.Tags);
        // Tagging is a power of its own: what policies allow may hang on tags.
        return request.Tags.Count == 0 ? Question.Of(create) : new Question([create, create with { Action = "iam:TagOpenIDConnectProvider" }]);
    }

    public override Outcome<Response> Run(Request request, Scene scene)
    {
        if (IssuerUrl.WhyNot(request.Url, scene.Settings.FederationNetworks) is { } because)
            throw Errors.ValidationError($"Invalid Open ID Connect Provider URL: {because}.");
        ProviderLists.CheckClientIds(request.ClientIds);
        ProviderLists.CheckThumbprints(request.Thumbprints);
        if (scene.Home.FindOidcProvider(request.Name) is not null)
            throw Errors.EntityAlreadyExists($"Provider with url {request.Url} already exists.");
        Quotas.OidcProviders.AdmitOneMore(scene.Home.Documents.Count(DocumentKinds.OidcProvider));
        var provider = new OidcProvider { Url = request.Name, Created = scene.NowInSeconds, ClientIds = request.ClientIds, Thumbprints = request.Thumbprints, Tags = request.Tags };
        return new Outcome<Response>(
            new Response(provider.ArnIn(scene.Home.Account).ToString(), ProviderShape.Sorted(provider.Tags)),
            scene.Change().Put(DocumentKinds.OidcProvider, provider).Guard(Guards.OidcProviders));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [ProviderTarget.Resource(request.ArnIn(scene.Home.Account).ToString())];
}
