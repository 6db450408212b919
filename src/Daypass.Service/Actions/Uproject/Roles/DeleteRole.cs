using Daypass.Service.Actions.Iam;
using Daypass.Service.Actions.Uproject.Common;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Uproject.Roles;

/// <summary>Deletes a role with its policies. Its sessions are dead from then on, even when the name is made again.</summary>
internal sealed class DeleteRole : ApiAction<DeleteRole.Request, Nothing>
{
    internal sealed record Request(string RoleName);

    public override Request Read(Parameters wire) => new(UprojectKinds.Role.ReadName(wire));

    public override Question Ask(Request request, Scene scene) =>
        new([UprojectKinds.Role.Ask(scene, Name, request.RoleName), .. WhatHangsOn.AskToStrip(UprojectKinds.Role, scene, request.RoleName, "Role")]);

    public override Outcome<Nothing> Run(Request request, Scene scene) =>
        new(Nothing.Instance, scene.Change().Delete(DocumentKinds.Role, UprojectKinds.Role.Require(scene, request.RoleName)));

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [UprojectKinds.Role.Resource(scene, request.RoleName)];
}
