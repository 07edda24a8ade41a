// What each service may do in MongoDB, as roles to be granted to a user of its own:
//   mongosh "mongodb://admin@…/admin" --eval 'const jobs = "baler", logs = "wiki"' deploy/mongodb/roles.js
// "jobs" is the database of spring.mongodb.uri, "logs" that of baler.source.uri; both are "baler" unless given. Running it
// again brings the roles up to date. Nobody may write the logs.
const jobsDb = typeof jobs === 'undefined' ? 'baler' : jobs;
const logsDb = typeof logs === 'undefined' ? jobsDb : logs;

const READ = ['find', 'listIndexes', 'collStats'];
const WRITE = [...READ, 'insert', 'update', 'remove', 'createCollection', 'createIndex'];

// the logs: baler.source.collection and baler.source.users.collection
const LOGS = ['activities', 'users'];
// what the services must agree on; the deployment's id and the public keys are written once by whoever is first
const SHARED = ['exportJobs', 'exportParts', 'manifestChains', 'exportAudits', 'balerDeployment', 'signingKeys'];
// of the api alone
const API = ['webSessions', 'idempotencyKeys', 'requestCounts', 'exportNotifications'];

const on = (name, collection, actions) => ({ resource: { db: name, collection }, actions });
const may = (collections, actions) => collections.map((collection) => on(jobsDb, collection, actions));
const readLogs = LOGS.map((collection) => on(logsDb, collection, READ));

const roles = {
  balerApi: [...may([...SHARED, ...API], WRITE), ...readLogs],
  balerWorker: [...may(SHARED, WRITE), ...readLogs],
  balerCleanup: [...may(SHARED, WRITE)],
};

// in admin, for a role of another database may not reach into a second one
const admin = db.getSiblingDB('admin');
for (const [role, privileges] of Object.entries(roles)) {
  if (admin.getRole(role) === null) {
    admin.createRole({ role, privileges, roles: [] });
  } else {
    admin.updateRole(role, { privileges, roles: [] });
  }
  print(`${role}: ${privileges.length} collections`);
}
