using Daypass.Leases;
using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Daypass;

/// <summary>
/// Leases for the callers of a protected service, each for the proof of a request that the caller signed for that service
/// (<see cref="LeaseProtocol"/>). Only principals of the owning account get any.
/// </summary>
internal sealed class AcquireLeases : ApiAction<AcquireLeases.Request, AcquireLeases.Response>
{
    internal sealed record Request(string ServiceName, string Region, IReadOnlyList<LeaseProof> Proofs);

    internal sealed record Response(string OwnerAccount, IReadOnlyList<LeaseAnswer> Leases) : IManyAnswers
    {
        public bool RestsOnAbsence => Leases.Any(lease => lease.RestsOnAbsence);

        public IShape Undecided() => this with { Leases = [.. Leases.Select(lease => lease.RestsOnAbsence ? LeaseAnswer.Undecided : lease)] };

        public void Write(ShapeWriter writer)
        {
            writer.Text("OwnerAccount", OwnerAccount);
            writer.List("Leases", Leases);
        }
    }

    // The proofs are signatures and tokens, and the calls are as many as the service's callers: the trail keeps whose leases, not what proved them.
    public override bool IsSecret(string parameter) => parameter.StartsWith("Proofs.", StringComparison.Ordinal) && !parameter.EndsWith(".AccessKeyId", StringComparison.Ordinal);

    public override bool IsReadOnly => true;

    public override bool IsHot => true;

    public override Request Read(Parameters wire)
    {
        var members = wire.Members("Proofs");
        wire.LimitCount("Proofs", members.Count, LeaseProtocol.MaxProofs);
        return new Request(
            wire.RequiredText("ServiceName", ServiceRules.Name),
            wire.RequiredText("Region", ServiceRules.Region),
            [.. members.Take(LeaseProtocol.MaxProofs).Select(member => LeaseProof.Read(wire, member))]);
    }

    public override IEnumerable<AccountId> Needs(Request request, InstallationDirectory installation, AccountDirectory home, Vault vault) =>
        request.Proofs.SelectMany(proof => proof.Shown.Needs(installation, vault));

    public override IEnumerable<AccountId> LetInBy(Request request, Response response) => response.Leases.Select(lease => lease.Account).OfType<AccountId>();

    // Another account's service does not exist for the caller: who owns it must not show in a refusal.
    public override Question Ask(Request request, Scene scene) =>
        Question.Of(new Permission("daypass:AcquireLeases", ServiceArn.Of(request.ServiceName, request.Region, scene.Caller.Account), scene.Caller.Account));

    public override Outcome<Response> Run(Request request, Scene scene)
    {
        ServiceRules.RequireOwn(request.ServiceName, request.Region, scene);
        return new Outcome<Response>(new Response(
            scene.Caller.Account.ToString(),
            [.. request.Proofs.Select(proof => LeaseGrant.For(proof, request.ServiceName, request.Region, scene))]));
    }
}
