using Daypass.Names;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Federation;
using Daypass.Service.Federation.Preview;
using Daypass.Service.Mfa;
using Daypass.Service.Stores;

namespace Daypass.Service.Pipeline;

/// <summary>An action as the pipeline sees it. Actions derive from <see cref="ApiAction{TRequest,TResponse}"/>.</summary>
internal abstract class ApiAction
{
    protected ApiAction()
    {
        Name = GetType().Name;
        ResponseName = Name + "Response";
        ResultName = Name + "Result";
    }

    /// <summary>The name as the API has it, which is the name of the class.</summary>
    public string Name { get; }

    /// <summary>The outer element of a Query response.</summary>
    public string ResponseName { get; }

    /// <summary>The element that holds a Query response's members.</summary>
    public string ResultName { get; }

    public ApiService Service { get; internal set; } = null!;

    /// <summary>Where it is found over HTTP, if its service is a REST one; null for all others, which share one path.</summary>
    public virtual RestRoute? Route => null;

    /// <summary>Whether the trail marks it as a call that changes nothing.</summary>
    public virtual bool IsReadOnly => Name.StartsWith("Get", StringComparison.Ordinal) || Name.StartsWith("List", StringComparison.Ordinal)
        || Name.StartsWith("Describe", StringComparison.Ordinal) || Name.StartsWith("Lookup", StringComparison.Ordinal)
        || Name.StartsWith("Check", StringComparison.Ordinal) || Name.StartsWith("Validate", StringComparison.Ordinal);

    /// <summary>Whether the trail keeps the response. Of calls that change nothing it keeps none, but for those that issue credentials.</summary>
    public virtual bool RecordsResponse => !IsReadOnly;

    /// <summary>Whether it says who may become whom, as IAM's do, so that credentials which may call nothing of IAM may not call it either.</summary>
    public virtual bool IsOfIam => Service.Name is "iam" or "rolesanywhere";

    /// <summary>The <c>eventType</c> of its records.</summary>
    public virtual string EventType => "AwsApiCall";

    /// <summary>Wire parameters that never reach the trail, such as MFA codes.</summary>
    public virtual IReadOnlyList<string> SecretParameters => [];

    /// <summary>Whether what it issues inherits the transitive tags of the caller's session, which the trail then shows.</summary>
    public virtual bool InheritsTags => false;

    /// <summary>How the caller proves who they are.</summary>
    public virtual Proof Proof => Proof.Signature;

    /// <summary>Whether the action looks at the organization of the caller's account, which the management account's set holds.</summary>
    public virtual bool NeedsOrganization => false;

    /// <summary>Whether the action looks at the installation's nodes.</summary>
    public virtual bool LooksAtNodes => false;

    /// <summary>Whether the action searches or reads the trail, sealed or not, which has a rate of its own.</summary>
    public virtual bool SearchesTrail => false;

    /// <summary>
    /// Whether the call may be answered from the reserve, when the disk is nearly full: whatever manages, and so may help. Not what issues
    /// credentials or proves them, which comes in any number.
    /// </summary>
    public virtual bool UsesReserve => !IsHot && Service.Name != "sts";

    /// <summary>Whether a parameter's value stays out of the trail.</summary>
    public virtual bool IsSecret(string parameter) => SecretParameters.Contains(parameter);

    /// <summary>Whether the action may change documents; issuing credentials does not.</summary>
    public virtual bool Writes => !IsReadOnly;

    /// <summary>
    /// Whether it is answered from memory as it is, at most a second old: issuing and proving credentials. All else waits until the node knows
    /// what was written anywhere before the call came, so that a change made at one node shows at every other.
    /// </summary>
    public virtual bool IsHot => false;

    /// <summary>Whether it may compute for long: then it waits for its place among the few that may at once.</summary>
    public virtual bool IsHeavy => false;

    /// <summary>How much of an account's rate a call costs.</summary>
    public int Cost => Writes ? 2 : 1;

    public abstract ActionCall Bind(Parameters wire);
}

/// <summary>What proof of identity an action takes.</summary>
internal enum Proof
{
    /// <summary>A signature of an access key.</summary>
    Signature,

    /// <summary>A token of an OpenID Connect provider that the role's account has registered. The call itself is unsigned.</summary>
    WebIdentity,

    /// <summary>A response of a SAML provider that the role's account has registered. The call itself is unsigned.</summary>
    Saml,

    /// <summary>A signature by the key of a certificate, whose path leads to a trust anchor of the account that is called.</summary>
    Certificate,

    /// <summary>A user name and a password that a registered LDAP directory knows. The call itself is unsigned.</summary>
    Ldap,
}

/// <summary>
/// One API action: a pure function from a request, what the accounts look like, who calls and what time it is, to a response and
/// changes. Three hooks, each without I/O; the pipeline owns everything else.
/// </summary>
internal abstract class ApiAction<TRequest, TResponse> : ApiAction
    where TResponse : class, IShape
{
    /// <summary>Turns wire parameters into the typed request. Violations of form are recorded in <paramref name="wire"/>, not thrown.</summary>
    public abstract TRequest Read(Parameters wire);

    /// <summary>The accounts, beside the caller's own, whose directories the action looks at.</summary>
    public virtual IEnumerable<AccountId> Needs(TRequest request) => [];

    /// <summary>
    /// The same for actions that must look first: at the installation for which account is meant (access key ids of foreign shape), at
    /// the caller's own account for whom a stored document names (trust policies).
    /// </summary>
    public virtual IEnumerable<AccountId> Needs(TRequest request, InstallationDirectory installation, AccountDirectory home) => Needs(request);

    /// <summary>The same for actions that are shown session tokens: the accounts that the sessions have come through are in the tokens.</summary>
    public virtual IEnumerable<AccountId> Needs(TRequest request, InstallationDirectory installation, AccountDirectory home, Vault vault) => Needs(request, installation, home);

    /// <summary>
    /// Those of the accounts it looked at that let the caller in: they stay in memory as the caller's own does. Not those that were only
    /// named, for whoever names others' accounts must push nobody out.
    /// </summary>
    public virtual IEnumerable<AccountId> LetInBy(TRequest request, TResponse response) => [];

    /// <summary>
    /// The MFA code that the call shows, if it shows one. The pipeline proves it before <see cref="Ask"/>, hands the proof over in
    /// <see cref="Scene.Mfa"/>, and uses the code up in the commit that the call then has.
    /// </summary>
    public virtual SecondFactor? SecondFactorOf(TRequest request) => null;

    /// <summary>The word of an identity provider that an unsigned call shows, for the authenticator of its <see cref="ApiAction.Proof"/>.</summary>
    public virtual ShownIdentity? IdentityOf(TRequest request) => null;

    /// <summary>What must be allowed. May not tell apart "does not exist" and "is not allowed".</summary>
    public abstract Question Ask(TRequest request, Scene scene);

    /// <summary>What the call brings for the trail, which has a budget of its own; null for calls that bring nothing but themselves.</summary>
    public virtual ReportLoad? Load(TRequest request, Scene scene) => null;

    /// <summary>
    /// What <see cref="Run"/> wants found in the trail, or null. The pipeline looks it up after Allow, behind all that was answered before
    /// this call came, and hands the page over in <see cref="Scene.Trail"/>, so that the action itself stays pure.
    /// </summary>
    public virtual AuditQuery? Search(TRequest request, Scene scene) => null;

    /// <summary>What <see cref="Run"/> wants of the sealed trail, or null. Looked up after Allow, and handed over in <see cref="Scene.Archive"/>.</summary>
    public virtual ArchiveRequest? Fetch(TRequest request, Scene scene) => null;

    /// <summary>The id of the event whose chain <see cref="Run"/> wants, or null. The pipeline follows it after Allow and hands it over in <see cref="Scene.Chain"/>.</summary>
    public virtual string? Traces(TRequest request) => null;

    /// <summary>Which registered issuer's keys <see cref="Run"/> wants, and for which token; null for none. Asked after Allow, and handed over in <see cref="Scene.IssuerAnswer"/>.</summary>
    public virtual IssuerQuestion? AsksIssuer(TRequest request, Scene scene) => null;

    /// <summary>The id (of an access key or role) whose last use <c>Run</c> wants to see, for the few actions that show one.</summary>
    public virtual string? LastUsedOf(TRequest request, Scene scene) => null;

    /// <summary>Which certificates that came for sessions <c>Run</c> wants to see, or null. Found after Allow, and handed over in <see cref="Scene.Sightings"/>.</summary>
    public virtual SightingQuery? SightingsOf(TRequest request, Scene scene) => null;

    /// <summary>The id of a node that is to be taken out of the registry, once the call is in the trail.</summary>
    public virtual string? Forgets(TRequest request) => null;

    /// <summary>
    /// The purposes of the keys that <see cref="Run"/> signs with (<see cref="Keys.KeyPurposes"/>). The pipeline makes those that there never
    /// were, after Allow.
    /// </summary>
    public virtual IReadOnlyList<string> SignsWith(TRequest request, Scene scene) => [];

    /// <summary>The response and the changes. Throws <see cref="ApiException"/> made by <see cref="Errors"/>.</summary>
    public abstract Outcome<TResponse> Run(TRequest request, Scene scene);

    /// <summary>The resources that the trail names for this call.</summary>
    public virtual IEnumerable<AuditResource> ResourcesOf(TRequest request, Scene scene) => [];

    public sealed override ActionCall Bind(Parameters wire)
    {
        wire.ReadBy = this;
        return new Call(this, Read(wire));
    }

    private sealed class Call(ApiAction<TRequest, TResponse> action, TRequest request) : ActionCall
    {
        public override IEnumerable<AccountId> Needs(InstallationDirectory installation, AccountDirectory home, Vault vault)
        {
            var needs = action.Needs(request, installation, home, vault);
            return action.NeedsOrganization && AccountId.TryParse(home.Settings?.ManagementAccount, out var management) ? [.. needs, management] : needs;
        }

        public override SecondFactor? SecondFactor => action.SecondFactorOf(request);

        public override ShownIdentity? Identity => action.IdentityOf(request);

        public override Question Ask(Scene scene) => action.Ask(request, scene);

        public override ReportLoad? Load(Scene scene) => action.Load(request, scene);

        public override AuditQuery? Search(Scene scene) => action.Search(request, scene);

        public override ArchiveRequest? Fetch(Scene scene) => action.Fetch(request, scene);

        public override string? Traces => action.Traces(request);

        public override IssuerQuestion? AsksIssuer(Scene scene) => action.AsksIssuer(request, scene);

        public override string? LastUsedOf(Scene scene) => action.LastUsedOf(request, scene);

        public override SightingQuery? SightingsOf(Scene scene) => action.SightingsOf(request, scene);

        public override IReadOnlyList<string> SignsWith(Scene scene) => action.SignsWith(request, scene);

        public override string? Forgets => action.Forgets(request);

        public override IEnumerable<AccountId> LetInBy(IShape response) => action.LetInBy(request, (TResponse)response);

        public override (IShape Response, Changes? Changes) Run(Scene scene)
        {
            var outcome = action.Run(request, scene);
            return (outcome.Response, outcome.Changes);
        }

        public override IEnumerable<AuditResource> ResourcesOf(Scene scene) => action.ResourcesOf(request, scene);
    }
}

/// <summary>An action together with its typed request, so that the pipeline needs no type parameters.</summary>
internal abstract class ActionCall
{
    public abstract IEnumerable<AccountId> Needs(InstallationDirectory installation, AccountDirectory home, Vault vault);

    public abstract SecondFactor? SecondFactor { get; }

    public abstract ShownIdentity? Identity { get; }

    public abstract Question Ask(Scene scene);

    public abstract ReportLoad? Load(Scene scene);

    public abstract AuditQuery? Search(Scene scene);

    public abstract ArchiveRequest? Fetch(Scene scene);

    public abstract string? Traces { get; }

    public abstract IssuerQuestion? AsksIssuer(Scene scene);

    public abstract string? LastUsedOf(Scene scene);

    public abstract SightingQuery? SightingsOf(Scene scene);

    public abstract IReadOnlyList<string> SignsWith(Scene scene);

    public abstract string? Forgets { get; }

    public abstract (IShape Response, Changes? Changes) Run(Scene scene);

    public abstract IEnumerable<AccountId> LetInBy(IShape response);

    public abstract IEnumerable<AuditResource> ResourcesOf(Scene scene);
}

/// <summary>An API as clients address it.</summary>
/// <param name="Name">The service part of signing scopes and action names, such as <c>sts</c>.</param>
/// <param name="Version">The API version of the Query protocol; empty for JSON services.</param>
/// <param name="Target">The prefix of <c>X-Amz-Target</c>; empty for Query services.</param>
/// <param name="EventSource">The name in the trail, such as <c>sts.amazonaws.com</c>.</param>
/// <param name="XmlNamespace">Of Query responses.</param>
internal sealed record ApiService(string Name, string Version, string Target, string EventSource, string XmlNamespace)
{
    /// <summary>The dialect that an API belongs to whose names mean the same as AWS's for policies and in the trail; null for AWS's own.</summary>
    public string? Dialect { get; init; }

    /// <summary>The name under which its calls are counted.</summary>
    public string MetricName => Dialect is null ? Name : $"{Dialect}-{Name}";

    /// <summary>An error's code as clients of this API, and the readers of its trail, see it. The trail has AWS's codes for all dialects.</summary>
    public string CodeOf(ApiError error) => Version.Length > 0 || Dialect is not null ? error.Code : JsonErrors.CodeOf(error);
}
