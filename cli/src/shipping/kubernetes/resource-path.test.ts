import { describe, expect, it } from '@jest/globals';
import { pathOf } from './resource-path.js';

describe('the path of', () => {
  it.each([
    ['v1', 'Namespace', '/api/v1/namespaces/x'],
    ['v1', 'Service', '/api/v1/namespaces/shop/services/x'],
    ['apps/v1', 'StatefulSet', '/apis/apps/v1/namespaces/shop/statefulsets/x'],
    ['networking.k8s.io/v1', 'Ingress', '/apis/networking.k8s.io/v1/namespaces/shop/ingresses/x'],
    ['networking.k8s.io/v1', 'NetworkPolicy', '/apis/networking.k8s.io/v1/namespaces/shop/networkpolicies/x'],
  ])('%s %s', (apiVersion, kind, path) => {
    expect(pathOf({ apiVersion, kind, metadata: { name: 'x' } }, 'shop')).toBe(path);
  });
});
