// Calls operations with the official Node clients against a gateway on loopback: pop-core (V1, everything in the form
// body of a POST) and openapi-client (V3, and V1 when asked for).
//
// usage: node drive.mjs HOST:PORT   (in the folder the packages are installed in)

import { createRequire } from 'node:module';

const require = createRequire(process.cwd() + '/');
const Pop = require('@alicloud/pop-core');
const OpenApi = require('@alicloud/openapi-client');
const Util = require('@alicloud/tea-util');

const [address] = process.argv.slice(2);
if (!/^(127\.0\.0\.1|\[::1\]):\d+$/.test(address || '')) throw new Error('loopback only');
const key = { id: 'testAccessKeyId', secret: 'testAccessKeySecret' };
const temporary = { id: 'STS.testId', secret: 'testStsSecret', token: 'testSecurityToken+/=' };

const DTS = '2020-01-01';
const operations = [
  [DTS, 'StartSynchronizationJob', { SynchronizationJobId: 'dtsf19100l2186****', SynchronizationDirection: 'Forward' }],
  [DTS, 'StartDtsJob', { DtsJobId: 'a b+c*~中文/&=%' }],
  [DTS, 'StartDtsJobs', { DtsJobIds: 'a,b' }],
  [DTS, 'ConfigureSynchronizationJob', {
    SynchronizationJobId: 'd', DataInitialization: true, StructureInitialization: false,
    SynchronizationObjects: '[{"DBName":"x"}]', 'SourceEndpoint.InstanceId': 'rm-1', 'PartitionKey.ModifyTime_Year': true,
  }],
  ['2020-05-18', 'StartDISyncInstance', { ProjectId: 10000, TaskType: 'DI_REALTIME', FileId: 100, StartParam: '{"a":1}' }],
];

const pop = (who, version, operation, params, method) =>
  new Pop({ accessKeyId: who.id, accessKeySecret: who.secret, securityToken: who.token, endpoint: 'http://' + address, apiVersion: version })
    .request(operation, { RegionId: 'cn-hangzhou', ...params }, { method });

const openapi = async (who, version, action, params, method, signatureAlgorithm) => {
  const client = new OpenApi.default(new OpenApi.Config({
    accessKeyId: who.id, accessKeySecret: who.secret, securityToken: who.token, endpoint: address, protocol: 'http',
    regionId: 'cn-hangzhou', signatureAlgorithm,
  }));
  const call = new OpenApi.Params({
    action, version, protocol: 'HTTP', pathname: '/', method, authType: 'AK', style: 'RPC', reqBodyType: 'formData', bodyType: 'json',
  });
  const request = new OpenApi.OpenApiRequest(method === 'GET' ? { query: params } : { query: {}, body: params });
  return (await client.callApi(call, request, new Util.RuntimeOptions({}))).body;
};

const cases = [];
for (const [version, operation, params] of operations) {
  for (const [name, who] of [['key', key], ['temporary key', temporary]]) {
    for (const method of ['GET', 'POST']) {
      cases.push([`pop-core ${method} ${operation}, ${name}`, null, () => pop(who, version, operation, params, method)]);
      cases.push([`V3 ${method} ${operation}, ${name}`, null, () => openapi(who, version, operation, params, method)]);
      cases.push([`V1 ${method} ${operation}, ${name}`, null, () => openapi(who, version, operation, params, method, 'v2')]);
    }
  }
}
const wrong = { id: key.id, secret: 'wrong' };
cases.push(['pop-core wrong secret', 'SignatureDoesNotMatch', () => pop(wrong, ...operations[1], 'POST')]);
cases.push(['V3 wrong secret', 'SignatureDoesNotMatch', () => openapi(wrong, ...operations[1], 'POST')]);

let failed = 0;
for (const [name, expected, call] of cases) {
  let seen = null;
  try {
    const answer = await call();
    if (!answer.RequestId) seen = 'an answer without a request ID';
  } catch (error) {
    seen = error.code || String(error);
  }
  const good = seen === expected;
  if (!good) failed += 1;
  console.log(`${good ? 'ok' : 'FAILED'}  ${name}${good ? '' : `: ${seen}`}`);
}
console.log(`${cases.length - failed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
